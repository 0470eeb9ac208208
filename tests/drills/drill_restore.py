"""Drill h: a backup under load, the machine lost, and the portal restored elsewhere."""

from __future__ import annotations

import asyncio
import io
import time
from dataclasses import dataclass, field
from pathlib import Path

from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.models import User
from accounts.operations import anonymise as anonymise_account
from events.models import Invitation, SeatPool
from events.operations import correct_address, opt_out, remind, withdraw
from events.personal_data import anonymise as anonymise_guests
from events.tokens import token_for
from mailing.models import BlockedAddress, Mail
from tests.dumps import text_of
from tests.factories import PASSWORD, make_invitation_mail, make_staff, make_user

from . import second, world
from .drill_crashes import reckon
from .findings import Finding, equal, more_than, without_errors
from .processes import Process, wait_for
from .second import ALIAS
from .stage import Stage
from .visitors import Visitors

MAILS, GUESTS, EACH = 1_500, 400, 5
#: Seconds for which the restored portal runs before staff decide.
WATCHED = 20
State = Mail.State


@dataclass
class Story:
    """What the first portal did before it was lost."""

    staff: User
    sink: Process
    marked: list[Invitation]
    people: list[User]
    sent_before: list[str]
    links: dict[str, list[str]] = field(default_factory=dict)
    backup: Path = Path()
    findings: list[Finding] = field(default_factory=list)


def held(stage: Stage) -> list[Finding]:
    stage.worker()
    story = open_the_house(stage)
    visited, count = world.event_with_seats(GUESTS), stage.size(GUESTS)
    visitors = Visitors(stage.web(), world.guests_of(visited, count))
    visitors.start()
    lose_half_way(stage, story, stage.size(MAILS))
    visitors.stop()
    with second.empty_portal(stage) as portal:
        told = portal.restore(story.backup).splitlines()
        arrived = stage.kept_count()
        portal.start("worker", "beat", "web")
        load, waited = portal.visit(), watch(stage)
        return [
            *story.findings,
            Finding("guests who answered meanwhile", f"{visitors.answered}"),
            Finding("restored", told[0].strip()),
            *whole(),
            equal("mails that left before staff decided", stage.kept_count() - arrived, 0),
            more_than("reminders written again meanwhile, which waited", waited, 0),
            *lasting(load, story),
            *released(stage, load, story),
        ]


def without_closing(stage: Stage) -> list[Finding]:
    stage.worker()
    story = open_the_house(stage)
    lose_half_way(stage, story, stage.size(MAILS) // 2)
    with second.empty_portal(stage) as portal:
        portal.restore(story.backup)
        arrived = stage.kept_count()
        portal.start("worker", "beat")
        wait_for("a mail that leaves", lambda: stage.kept_count() > arrived)
        return [more_than("mails that left before staff decided", stage.kept_count() - arrived, 0)]


def without_ledger(stage: Stage) -> list[Finding]:
    story = open_the_house(stage)
    back_up(story)
    revoke_and_erase(story)
    with second.empty_portal(stage) as portal:
        portal.restore(story.backup, "--without-ledger")
        portal.start("web")
        opening = asyncio.run(second.opening(portal.visit(), story.links["revoked"]))
        return [
            more_than("revoked links that open again", opening, 0),
            more_than("erased people who are back", people_back(story), 0),
        ]


def open_the_house(stage: Stage) -> Story:
    """Staff, accounts, and guests of whom some will be revoked or erased."""
    if stage.redis_port:
        stage.redis()
    sink = stage.sink("slow 0.01")
    sent_before = remindable()
    staff = make_staff(email="team@skew.example")
    EmailAddress.objects.create(user=staff, email=staff.email, verified=True, primary=True)
    return Story(
        staff=staff,
        sink=sink,
        marked=world.guests_of(world.event_with_seats(100), 5 * EACH),
        people=[make_user(f"person{number}@stadt.example", name="Erika") for number in range(EACH)],
        sent_before=sent_before,
    )


def lose_half_way(stage: Stage, story: Story, count: int) -> None:
    """Invite, back up meanwhile, revoke and erase, remind; then the machine is lost."""
    campaign = world.event_with_seats(100)
    world.invite_many(campaign, [f"gast{number}@gross.example" for number in range(count)])
    wait_for("a fifth of the mails", lambda: stage.kept_count() >= count // 5)
    back_up(story)
    revoke_and_erase(story)
    remind(at=timezone.now())
    wait_for("half of the mails", lambda: stage.kept_count() >= count // 2)
    for process in stage.processes:
        if process.name in {"web", "worker"}:
            process.kill()


def remindable() -> list[str]:
    """Guests who are reminded today; returns the Message-IDs of their invitations."""
    event = world.event_with_seats(100)
    mails = [make_invitation_mail(guest) for guest in world.guests_of(event, EACH)]
    world.remind_today(event)
    return [mail.message_id for mail in mails]


def back_up(story: Story) -> None:
    out, began = io.StringIO(), time.monotonic()
    call_command("backup", stdout=out)
    seconds = time.monotonic() - began
    story.backup = Path(out.getvalue().splitlines()[0])
    waiting = f"{world.moving_mails():,} mails waiting"
    story.findings.append(Finding("backup under load", f"{seconds:.1f} s, {waiting}"))


def revoke_and_erase(story: Story) -> None:
    """After the backup: of five groups of guests, four must not come back as they were."""
    groups = [story.marked[start::5] for start in range(5)]
    withdrawn, corrected, erased, opted_out, standing = groups
    revoked = [*withdrawn, *corrected, *erased]
    story.links = {
        "revoked": [world.link_path(guest) for guest in revoked],
        "standing": [world.link_path(guest) for guest in [*standing, *opted_out]],
    }
    for guest in withdrawn:
        withdraw(invitation=guest, by=story.staff)
    for number, guest in enumerate(corrected):
        correct_address(invitation=guest, email=f"neu{number}@neu.example", by=story.staff)
    with transaction.atomic():
        anonymise_guests(Invitation.objects.filter(pk__in=[guest.pk for guest in erased]))
    for guest in opted_out:
        opt_out(invitation=guest)
    for person in story.people:
        anonymise_account(user=person)


def watch(stage: Stage) -> int:
    """Let the restored portal run; returns how many reminders it has written again."""
    reminders = Mail.objects.using(ALIAS).filter(kind="events.reminder")
    wait_for("the reminders", reminders.exists)
    time.sleep(max(3, stage.size(WATCHED)))
    return reminders.count()


def whole() -> list[Finding]:
    """What hangs together in the restored portal, however busy the first one was."""
    seated = Count("invitations", filter=Q(invitations__seat="confirmed"))
    pools = SeatPool.objects.using(ALIAS).annotate(seated=seated)
    guests = Invitation.objects.using(ALIAS).exclude(choice="")
    return [
        equal("seat pools that count others", pools.exclude(taken=F("seated")).count(), 0),
        equal("answers without their history", guests.filter(answers=None).count(), 0),
    ]


def lasting(load: second.Load, story: Story) -> list[Finding]:
    """What was done after the backup is done in the restored portal, too."""
    opening = {
        kind: asyncio.run(second.opening(load, links)) for kind, links in story.links.items()
    }
    opted_out = BlockedAddress.objects.using(ALIAS).filter(reason="opted_out")
    return [
        equal("links of others that open", opening["standing"], len(story.links["standing"])),
        equal(f"of {3 * EACH} revoked links, open", opening["revoked"], 0),
        equal("erased people who are back", people_back(story), 0),
        equal("wishes for no more invitations", opted_out.count(), EACH),
        equal("usable links in the backup", usable_links(story), 0),
    ]


def people_back(story: Story) -> int:
    """Accounts and guests that have a name again."""
    erased = [guest.public_id for guest in story.marked[2::5]]
    guests = Invitation.objects.using(ALIAS).filter(public_id__in=erased).exclude(name="")
    people = User.objects.using(ALIAS).filter(pk__in=[one.pk for one in story.people])
    return guests.count() + people.exclude(name="").count()


def usable_links(story: Story) -> int:
    text = text_of(story.backup)
    return sum(token_for(guest).encode() in text for guest in Invitation.objects.all())


def released(stage: Stage, load: second.Load, story: Story) -> list[Finding]:
    """Staff press the button; what waited arrives, and what arrives twice is marked."""
    story.sink.tell("slow 0")
    asyncio.run(second.press_send_all(load, story.staff.email, PASSWORD))
    mails = Mail.objects.using(ALIAS).exclude(message_id__in=story.sent_before)
    wait_for("the end of the campaign", lambda: not mails.filter(world.MOVING).exists(), 300)
    wanted = mails.exclude(state__in=[State.CANCELLED, State.STALE])
    rows = list(wanted.values_list("message_id", "state", "may_be_duplicate"))
    found = reckon(rows, stage.kept())
    return [
        equal(f"mails lost, of {len(rows):,} in the restored portal", found.lost, 0),
        equal("mails said to be sent that the server never kept", found.invented, 0),
        equal("mails that arrived twice without a flag", found.secret, 0),
        Finding("mails flagged as possible repetitions", f"{found.flagged:,}"),
        Finding("of these, arrived twice", f"{found.doubled:,}"),
        without_errors(load),
    ]
