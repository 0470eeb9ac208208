"""Invitations and answers of the demo roundtable: seats, a waitlist, a call, a withdrawal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from events.audience import preflight
from events.models import Event, Invitation
from events.operations import answer, invite, withdraw
from events.recipients import Criteria
from mailing.models import Mail
from partnerships.models import City, Partnership

#: Pairs whose whole partnership is invited, so that both cities stand as one delegation.
PAIRS = (
    ("Darmstadt", "San Antonio"),
    ("Wolfsburg", "Chattanooga"),
    ("Köln", "Liverpool"),
    ("Köln", "Indianapolis"),
    ("Dortmund", "Leeds"),
    ("Frankfurt am Main", "Birmingham"),
    ("Dresden", "Coventry"),
    ("Bochum", "Sheffield"),
    ("Tübingen", "Ann Arbor"),
    ("Hamm", "Bradford"),
    ("Bonn", "Oxford"),
)
#: City → answer of its head; six speakers' seats in the room, so the last ones wait.
HEADS_SAY = (
    ("Darmstadt", "room", "Ich bringe Zahlen aus dem Hitzesommer mit."),
    ("Köln", "room", ""),
    ("Dortmund", "room", ""),
    ("San Antonio", "online", "Joining from city hall; it will be 8 in the morning here."),
    ("Chattanooga", "online", ""),
    ("Leeds", "room", ""),
    ("Wolfsburg", "room", ""),
    ("Tübingen", "room", "Anreise mit der Bahn, bitte barrierefreien Zugang."),
    ("Dresden", "room", ""),
    ("Coventry", "room", ""),
    ("Bradford", "no", "Full council meets that afternoon. Best wishes to all."),
)
#: So long ago everybody was invited; answers came at these times of the days since.
DAYS = 6
CLOCKS = (dt.time(9, 12), dt.time(10, 47), dt.time(14, 5), dt.time(16, 31))
STAFF_SAY = (("Darmstadt", "online"), ("San Antonio", "online"), ("Köln", "room"))


def invite_everybody(event: Event, *, by: User, at: dt.datetime) -> None:
    """Invite the partnerships of ``PAIRS``; the worker then sends the mails."""
    chosen = [_partnership(*pair).pk for pair in PAIRS]
    found = preflight(event, Criteria(partnerships=tuple(chosen)))
    invite(event=event, recipients=found.recipients, by=by, at=at)


def deliver_to_those_who_answer(event: Event, *, at: dt.datetime) -> None:
    """The invitations of guests who answer were delivered at once.

    The others stay in the outbox, so that the worker delivers them before one's eyes.
    """
    cities = {city for city, *_ in (*HEADS_SAY, *STAFF_SAY)} | {"Liverpool"}
    for guest in event.invitations.filter(city__name_de__in=cities):
        Mail.objects.about(guest).update(
            state=Mail.State.SENT,
            created_at=at,
            sent_at=at,
            handed_over_at=at,
            server_answer="250 OK",
        )


def answer_for_some(event: Event, *, by: User, since: dt.datetime) -> None:
    """Let guests answer by web and phone in the days since then; take one invitation back today."""
    moments = _office_hours(since)
    for city, choice, message in HEADS_SAY:
        head = _guests(event, city).filter(position__office__isnull=False).first()
        if head:
            answer(
                invitation=head,
                choice=choice,
                message=message,
                consented=True,
                at=next(moments),
            )
    for city, choice in STAFF_SAY:
        for guest in _guests(event, city).filter(position__department__isnull=False):
            answer(
                invitation=guest,
                choice=choice,
                answered_by_name="Vorzimmer",
                consented=True,
                at=next(moments),
            )
    liverpool = _guests(event, "Liverpool").filter(position__office__isnull=False).first()
    if liverpool:
        note = "Anruf des Büros am Vormittag"
        answer(
            invitation=liverpool,
            choice="online",
            by=by,
            channel="phone",
            note=note,
            at=next(moments),
        )
    indianapolis = _guests(event, "Indianapolis").filter(position__office__isnull=True).first()
    if indianapolis:
        withdraw(invitation=indianapolis, by=by)


def _office_hours(since: dt.datetime) -> Iterator[dt.datetime]:
    """Moments of the ``DAYS`` days from the next one on, in order."""
    first = timezone.localdate(since) + dt.timedelta(days=1)
    for day in range(DAYS - 1):
        for clock in CLOCKS:
            at = dt.datetime.combine(first + dt.timedelta(days=day), clock)
            yield timezone.make_aware(at)


def _guests(event: Event, city: str) -> QuerySet[Invitation]:
    return Invitation.objects.filter(event=event, city__name_de=city).order_by("pk")


def _partnership(german: str, partner: str) -> Partnership:
    """The partnership of two cities by their German names."""
    both = Partnership.objects.filter(parties__city__in=City.objects.filter(name_de=german))
    return both.filter(parties__city__in=City.objects.filter(name_de=partner)).order_by("pk")[0]
