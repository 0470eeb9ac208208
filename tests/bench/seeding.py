"""Invented rows for the figures, the same on every run: ``seed(what)`` in an empty database."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from events import mails, tokens
from events.models import Delegation, Event, Invitation, SeatPool, Session
from mailing.models import Mail
from mailing.operations import enqueue
from partnerships.confirming import operations
from partnerships.confirming import tokens as confirming_tokens
from partnerships.confirming.contacts import Contact
from partnerships.confirming.facts import values_of
from partnerships.models import (
    City,
    ConfirmationRequest,
    Membership,
    Partnership,
    PartnershipTopic,
)
from sdg.models import Topic
from ude_portal.preparing import tidy_broker
from ude_portal.reference import load_reference

from .large_directory import grow
from .reviewing import fill_pipeline, review_table

GUESTS = 1_000


class Seed:
    """Migrates, loads the reference data and adds what ``what`` needs."""

    def __init__(self, what: str, number: int = 0) -> None:
        self._what, self._number = what, number

    def run(self) -> dict[str, Any]:
        """Addresses and cookies of what is there now."""
        return seed(self._what, self._number)


def seed(what: str, number: int) -> dict[str, Any]:
    call_command("migrate", interactive=False, verbosity=0)
    for _ in load_reference():
        pass
    give_topics()
    if what == "large":
        grow(number)
        found: dict[str, Any] = {}
    elif what == "mail":
        found = {"mails": outbox(number)}
    else:
        found = pages(number)
        tidy_broker()
    _analyse()
    return found


def _analyse() -> None:
    """What autovacuum would have done by tomorrow."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def give_topics() -> None:
    """One to three topics for every partnership of the public list."""
    from partnerships.operations import refresh

    topics = list(Topic.objects.order_by("pk"))
    for step, partnership in enumerate(Partnership.objects.order_by("pk")):
        chosen = {topics[(step * 5 + extra * 7) % len(topics)] for extra in range(1 + step % 3)}
        links = [PartnershipTopic(partnership=partnership, topic=topic) for topic in chosen]
        PartnershipTopic.objects.bulk_create(links)
        refresh(partnership)


def pages(answers: int) -> dict[str, Any]:
    """Addresses of the pages to ask for, with the cookies that open them."""
    conference, party, guests = event("konferenz"), event("treffen"), event("runder-tisch")
    for number in range(20):
        add_session(conference, number)
    for partnership in Partnership.objects.order_by("pk")[:5]:
        Delegation.objects.create(event=conference, partnership=partnership, evidence="Presse")
    add_pools(party, capacity=100_000)
    for number in range(6):
        add_session(party, number)
    invited = invitations(party, answers)
    add_pools(guests, capacity=300)
    fill_guest_list(guests)
    fill_pipeline()
    first, asked = invited.pop(), confirming()
    return {
        "event": f"/events/{conference.slug}/",
        "guests": f"/events/{guests.slug}/guests/",
        "reviews": reverse("exchanges:panel", args=[review_table().slug]),
        "cases": reverse("exchanges:pipeline"),
        "staff": f"{settings.SESSION_COOKIE_NAME}={staff_session()}",
        "personal": f"/i/{first.public_id}/",
        "grant": f"{tokens.COOKIE}={tokens.grant_for(first)}",
        "confirming": f"/p/{asked.public_id}/",
        "confirming_grant": f"{confirming_tokens.COOKIE}={confirming_tokens.grant_for(asked)}",
        "links": [f"/i/{tokens.token_for(one)}/" for one in invited],
    }


def confirming() -> ConfirmationRequest:
    """A city says that a partnership is its own; the other one is asked, and has its mail."""
    found = Partnership.objects.exclude(parties__city__slug="bonn").order_by("pk")[0]
    ours, *others = (party.city for party in found.parties.select_related("city"))
    coordinator = User.objects.create_user("amt@skew.example", "ein-langes-passwort")
    Membership.objects.create(user=coordinator, city=ours, role=Membership.Role.COORDINATOR)
    operations.claim(
        partnership=found,
        city=ours,
        values=values_of(found),
        contacts={city.pk: Contact(f"mayor{city.pk}@city.example", "en") for city in others},
        office="Amt für Internationales",
        by=coordinator,
    )
    Mail.objects.filter(to__endswith="@city.example").delete()
    return ConfirmationRequest.objects.get(party__city=others[0], party__partnership=found)


def event(slug: str) -> Event:
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(days=60)
    return Event.objects.create(
        slug=slug,
        kind=Event.Kind.ROUNDTABLE,
        format=Event.Format.HYBRID,
        state=Event.State.PUBLISHED,
        title_de="Hitze und Wasser in der Stadt",
        title_en="Heat and water in cities",
        teaser_de="Was Städte voneinander lernen können.",
        description_de="Städte **bereiten sich vor**.\n\n" * 6,
        description_en="Cities **prepare**.\n\n" * 6,
        starts_at=start,
        ends_at=start + dt.timedelta(hours=26),
        time_zone="Europe/Berlin",
        answer_by=start - dt.timedelta(days=14),
        city=City.objects.get(slug="bonn"),
        venue="Altes Rathaus, Markt 2, 53111 Bonn",
        invitation_subject_de="Einladung zum Runden Tisch",
        invitation_subject_en="Invitation to the roundtable",
        invitation_text_de="wir laden Sie herzlich ein.\n\nBitte antworten Sie bald.",
        invitation_text_en="we cordially invite you.\n\nPlease answer soon.",
    )


def add_session(of: Event, number: int) -> None:
    start = of.starts_at + dt.timedelta(hours=number)
    Session.objects.create(
        event=of,
        title_de=f"Tagesordnungspunkt {number}: Bäume & Schatten",
        title_en=f"Item {number}: trees & shade",
        description_de="Kurze Berichte aus drei Städten, danach Fragen.",
        starts_at=start,
        ends_at=start + dt.timedelta(minutes=45),
    )


def add_pools(of: Event, capacity: int) -> None:
    for right in ("speak", "listen"):
        for mode in ("room", "online"):
            SeatPool.objects.create(event=of, right=right, mode=mode, capacity=capacity)


def invitations(to: Event, number: int) -> list[Invitation]:
    cities = list(City.objects.order_by("pk"))
    made = [
        Invitation(
            event=to,
            city=cities[step % len(cities)],
            name=f"Erika Beispiel {step}",
            function="Oberbürgermeisterin",
            salutation=f"Sehr geehrte Frau Oberbürgermeisterin Beispiel {step},",
            email=f"ob{step}@stadt.example",
            language="de",
            time_zone=cities[step % len(cities)].time_zone,
            right="speak" if step % 3 else "listen",
        )
        for step in range(number)
    ]
    return Invitation.objects.bulk_create(made, batch_size=500)


def fill_guest_list(of: Event) -> None:
    """1,000 guests: a third has answered, all have their mail, a few of the mails failed."""
    guests = invitations(of, GUESTS)
    pools = {(pool.right, pool.mode): pool for pool in of.pools.all()}
    now = timezone.now()
    for guest in guests[::3]:
        guest.choice, guest.answered_at = "no", now
        if guest.pk % 2 and pools[guest.right, "room"].free > 0:
            pool = pools[guest.right, "room"]
            pool.taken += 1
            guest.choice, guest.seat, guest.pool = "room", "confirmed", pool
    Invitation.objects.bulk_update(guests[::3], ["choice", "answered_at", "seat", "pool"])
    SeatPool.objects.bulk_update(pools.values(), ["taken"])
    letters = copies(guests, state="sent", sent_at=now, server_answer="250 2.0.0 Ok")
    for letter in letters[::40]:
        letter.state, letter.sent_at, letter.reason = "failed", None, "no_mailbox"
    Mail.objects.bulk_create(letters, batch_size=500)


def copies(guests: list[Invitation], **values: Any) -> list[Mail]:
    """One real invitation, written for the first guest, once for each of them."""
    guests[0].send_count = 1
    with transaction.atomic():
        model = enqueue(mails.invitation(guests[0]))
        transaction.set_rollback(True)
    Invitation.objects.filter(pk__in=[guest.pk for guest in guests]).update(send_count=1)
    plain = {f.attname: getattr(model, f.attname) for f in Mail._meta.concrete_fields}
    for name in ("id", "key", "to", "message_id", "about_id"):
        del plain[name]
    return [
        Mail(
            **{**plain, **values},
            key=f"events.invitation:{guest.pk}:1",
            to=guest.email,
            message_id=f"<bench.{guest.pk}@ude.example>",
            about_id=guest.pk,
        )
        for guest in guests
    ]


def outbox(number: int) -> int:
    """Held invitations, so that no worker takes them before the clock runs."""
    to = event("viele")
    add_pools(to, capacity=number)
    Mail.objects.bulk_create(copies(invitations(to, number), state="held"), batch_size=500)
    return number


def staff_session() -> str:
    staff = User.objects.create_user("team@skew.example", "ein-langes-passwort", is_staff=True)
    session = SessionStore()
    session[SESSION_KEY] = str(staff.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
    session.create()
    return str(session.session_key)
