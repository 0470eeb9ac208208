"""Drill f: mail scanners open every link, and robots press every button."""

from __future__ import annotations

import asyncio
from collections import Counter

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from events.models import Invitation
from events.operations import answer, opt_out, remind, withdraw
from events.tokens import token_for
from mailing.delivery import deliver_due
from tests.page_forms import forms_of

from . import letters, scanner, world
from .findings import Finding, equal, more_than
from .guests import Guest, Load
from .stage import Stage

#: For each type of link; in a quick run enough for all three methods at most links.
REQUESTS, QUICK = 1_000, 60
#: What a personal page shows besides: where its buttons lead, and its other language.
ON_THE_PAGE = ("", "answer/", "opt-out/", "calendar.ics", "?language=en")
Link = tuple[str, dict[str, str]]


def silent(stage: Stage) -> list[Finding]:
    guests = populate()
    load = stage.web()
    visitors = asyncio.run(entered(load, guests))
    types = link_types(guests, visitors)
    before, times = scanner.fingerprint(), QUICK if stage.quick else REQUESTS
    opened = asyncio.run(opened_by_scanners(load, types, times))
    touched = scanner.changed(before, scanner.fingerprint())
    pressed = asyncio.run(press_all(load, visitors))
    requests = sum(statuses.total() for statuses in opened.values())
    wrong = sum(scanner.server_errors(statuses.items()) for statuses in opened.values())
    return [
        Finding("types of links tried", ", ".join(types)),
        equal(f"{requests:,} requests: tables that changed", ", ".join(touched) or 0, 0),
        equal("answers of 500, or none", wrong + len(load.wrong), 0),
        equal(
            f"{pressed} buttons pressed as found: tables that changed",
            ", ".join(scanner.changed(before, scanner.fingerprint())) or 0,
            0,
        ),
    ]


async def opened_by_scanners(
    load: Load, types: dict[str, list[Link]], times: int
) -> dict[str, Counter[int]]:
    """Type of link → how often which status; in one event loop, as the queue of ``load`` is."""
    return {name: await scanner.scan(load, links, times) for name, links in types.items()}


def acting_link(stage: Stage) -> list[Finding]:
    """One guest, one link that answers on GET, opened once by a scanner."""
    event = world.event_with_seats(2)
    guests = world.guests_of(event, 1)
    load = stage.web()
    links: list[Link] = [(reverse("no_by_get", args=[token_for(guest)]), {}) for guest in guests]
    before = scanner.fingerprint()
    asyncio.run(scanner.scan(load, links, 1))
    touched = scanner.changed(before, scanner.fingerprint())
    return [
        more_than("tables that changed", len(touched), 0),
        Finding("these", ", ".join(touched)),
    ]


def populate() -> list[Invitation]:
    """Guests in every state, and every mail they get delivered to the mailbox."""
    event = world.event_with_seats(2)
    addresses = [f"gast{number}@stadt.example" for number in range(8)]
    guests = world.invite_many(event, addresses)
    deliver_due()
    choices = ["room", "room", "room", "online", "no"]
    for guest, choice in zip(guests, choices, strict=False):
        answer(invitation=guest, choice=choice, consented=True)
    answer(invitation=guests[0], choice="no")
    opt_out(invitation=guests[6])
    withdraw(invitation=guests[7], by=User.objects.get())
    world.remind_today(event)
    remind(at=timezone.now())
    deliver_due()
    return list(Invitation.objects.order_by("pk"))


async def entered(load: Load, guests: list[Invitation]) -> list[Guest]:
    """A browser for each guest that followed the link; a withdrawn one stays outside."""
    visitors = [Guest(load, world.link_path(guest)) for guest in guests]
    inside = [v for v, guest in zip(visitors, guests, strict=True) if not guest.is_withdrawn]
    await asyncio.gather(*(visitor.open() for visitor in inside))
    return visitors


def link_types(guests: list[Invitation], visitors: list[Guest]) -> dict[str, list[Link]]:
    """Each kind of link, with nobody's cookies and with those of its guest."""
    found = letters.addresses()
    types: dict[str, list[Link]] = {
        name: [(path, {}) for path in paths] + [(path, visitors[0].cookies) for path in paths]
        for name, paths in found.items()
    }
    for part in ON_THE_PAGE:
        pages = [
            (f"/i/{guest.public_id}/{part}", v.cookies)
            for guest, v in zip(guests, visitors, strict=True)
        ]
        types[f"page/{part}"] = [
            (path, cookies) for path, known in pages for cookies in ({}, known)
        ]
    public_ids = [guest.public_id for guest in guests]
    types["broken link"] = [(f"/i/{one}.{'A' * 22}/", {}) for one in public_ids] + [("/i/x/", {})]
    return types


async def press_all(load: Load, visitors: list[Guest]) -> int:
    """Open every page with a form and press every button with the form as it stands."""
    pressed = 0
    for visitor in visitors:
        for page in (visitor.page, f"{visitor.link}unsubscribe/"):
            shown = await load.request("GET", page or visitor.link, cookies=visitor.cookies)
            for form in forms_of(shown.body, page or visitor.link):
                reply = await load.request(
                    "POST",
                    form.action,
                    cookies=visitor.cookies | shown.cookies,
                    form=form.pressed(),
                )
                load.expect(reply, 200, 302, 400)
                pressed += 1
    return pressed
