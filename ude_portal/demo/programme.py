"""Loading the demo programme, through the same operations that staff and guests use."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from events.models import Event
from mailing.operations import block
from partnerships.models import City, Partnership, PartnershipTopic
from partnerships.operations import refresh
from sdg.models import Topic

from . import agreements, answers, confirmations, exchanges, gatherings, offices
from .people import LOGINS, make_logins, make_positions


class NotEmpty(Exception):
    """The database holds more than reference data and the demo programme."""


@transaction.atomic
def load() -> bool:
    """Load the demo programme into an empty or demo database; returns whether it was missing.

    Raises ``NotEmpty`` where real people have accounts or real events lie ahead, and in
    production mode.
    """
    refuse_unless_demo()
    if Event.objects.filter(is_demo=True).exists():
        return False
    make_logins()
    make_positions()
    offices.people_the_offices()
    choose_topics()
    block(f"mayor@{City.objects.get(name_de='Bonn').slug}.example", "bounced", "550 unknown user")
    staff = User.objects.get(email="team@skew.example")
    roundtable = gatherings.make_roundtable(at=timezone.now())
    gatherings.make_networking_meeting(at=timezone.now())
    gatherings.make_conference_draft(at=timezone.now())
    invited_at = timezone.now() - dt.timedelta(days=answers.DAYS)
    answers.invite_everybody(roundtable, by=staff, at=invited_at)
    answers.deliver_to_those_who_answer(roundtable, at=invited_at)
    answers.answer_for_some(roundtable, by=staff, since=invited_at)
    confirmations.confirm_some()
    agreements.agree(by=User.objects.get(email="international@darmstadt.example"))
    agreements.keep_cards(by=staff)
    agreements.share_a_partner(by=User.objects.get(email="international@wolfsburg.example"))
    agreements.promise_something(by=staff)
    exchanges.make_round(staff=staff, colleague=User.objects.get(email="admin@skew.example"))
    return True


def refuse_unless_demo() -> None:
    """Guard real data: see ``load``."""
    if settings.PRODUCTION:
        raise NotEmpty("Demo data is never loaded in production mode.")
    strangers = User.objects.exclude(email__in=[login.email for login in LOGINS])
    if strangers.exists():
        raise NotEmpty("There are accounts of real people in this database.")
    ahead = Event.objects.filter(is_demo=False, ends_at__gte=timezone.now())
    if ahead.exists():
        raise NotEmpty("There are real events ahead in this database.")


def choose_topics() -> None:
    """Give each fourth partnership invented topics, marked as demo data."""
    topics = list(Topic.objects.order_by("pk"))
    chosen = [
        PartnershipTopic(
            partnership=partnership, topic=topics[(step * 5 + extra * 7) % len(topics)]
        )
        for step, partnership in enumerate(Partnership.objects.order_by("pk")[::4])
        for extra in range(1 + step % 3)
    ]
    for link in chosen:
        link.is_demo = True
        link.source = "Demo"
    PartnershipTopic.objects.bulk_create(chosen, ignore_conflicts=True)
    for partnership in Partnership.objects.filter(topic_links__isnull=False).distinct():
        refresh(partnership)
