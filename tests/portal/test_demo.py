from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from events.models import Event, Invitation
from exchanges.models import Application, Decision
from exchanges.money.totals import totals
from journal.models import Entry
from mailing.models import Mail
from partnerships.cards.matching import own_cards
from partnerships.cards.radar import radar
from partnerships.focus import boards
from partnerships.models import (
    City,
    Commitment,
    FocusGoal,
    Partnership,
    Party,
    Position,
    TopicRound,
)
from tests.factories import make_event, make_user
from ude_portal.demo import LOGINS, load
from ude_portal.demo.gatherings import GAP_WEEK, make_networking_meeting, make_roundtable

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> Event:
    call_command("load_reference", verbosity=0)
    assert load() is True
    return Event.objects.get(slug="runder-tisch-hitze-und-wasser")


def test_the_roundtable_has_answers_a_full_room_and_a_waitlist(loaded: Event) -> None:
    guests = loaded.invitations.standing()
    assert guests.waiting().count() == 2
    assert guests.coming().filter(choice="room", right="speak").count() == 6
    assert guests.filter(choice="no").count() == 1
    assert guests.silent().count() > 5
    assert loaded.invitations.filter(withdrawn_at__isnull=False).count() == 1


def test_answers_came_on_several_days_and_the_history_says_so(loaded: Event) -> None:
    history = Entry.objects.filter(verb__startswith="events.").order_by("at")
    days = {timezone.localdate(entry.at) for entry in history.about(loaded)}
    answered = {
        timezone.localdate(one.answered_at) for one in loaded.invitations.exclude(answered_at=None)
    }
    assert len(answered) >= 4
    assert answered <= days
    assert max(answered) < timezone.localdate()


def test_what_is_active_is_confirmed_by_each_city(loaded: Event) -> None:
    active = Party.objects.filter(partnership__state=Partnership.State.ACTIVE)
    assert active.count() >= 3
    assert not active.filter(confirmed_at=None).exists()


def test_everything_invented_is_marked_and_uses_example_addresses(loaded: Event) -> None:
    addresses = {
        *User.objects.values_list("email", flat=True),
        *Position.objects.exclude(email="").values_list("email", flat=True),
        *Mail.objects.values_list("to", flat=True),
        *Invitation.objects.values_list("email", flat=True),
    }
    assert [address for address in addresses if not address.endswith(".example")] == []
    assert Position.objects.filter(is_demo=False).count() == 0
    assert Event.objects.upcoming(at=timezone.now()).filter(is_demo=False).count() == 0
    linked = Partnership.objects.filter(topic_links__isnull=False)
    assert linked.exclude(topic_links__is_demo=True).count() == 0


def test_the_invitations_went_through_the_outbox(loaded: Event) -> None:
    invited = loaded.invitations.count()
    assert Mail.objects.filter(kind="events.invitation").count() == invited


def test_darmstadt_has_a_focus_with_san_antonio_and_a_list_to_write(loaded: Event) -> None:
    darmstadt = City.objects.get(name_de="Darmstadt")
    rows = {row.partnership.title: row for row in boards.rows(darmstadt)}
    agreed, waiting = rows["Darmstadt – San Antonio"], rows["Darmstadt – Alkmaar"]
    assert [topic.slug for topic in agreed.topics] == ["youth-participation", "sponge-city"]
    assert (agreed.is_our_turn, waiting.is_our_turn) == (False, True)
    assert FocusGoal.objects.filter(round__partnership=agreed.partnership).count() == 2
    assert TopicRound.objects.filter(is_demo=False).count() == 0


def test_cards_meet_and_hamm_sees_wolfsburg_on_the_radar(loaded: Event) -> None:
    hamm, wolfsburg = (City.objects.get(name_de=name) for name in ("Hamm", "Wolfsburg"))
    offer, need = own_cards(hamm)
    assert [match.theirs.city for match in offer.matches][:1] == [wolfsburg]
    assert [match.theirs.city for match in need.matches][:1] == [wolfsburg]
    blip = next(blip for blip in radar(hamm) if blip.city == wolfsburg)
    assert [city.name for city in blip.shared] == ["Chattanooga"]
    assert blip.wish is not None
    assert (blip.wish.state, blip.wish.asking) == ("open", wolfsburg)


def test_three_cities_apply_together_and_travel(loaded: Event) -> None:
    application = Application.objects.get(partnership__title_de="Hamm – Wolfsburg – Chattanooga")
    assert (application.state, application.destination.name_de) == ("approved", "Chattanooga")
    travelling = application.travellers.values_list("party__city__name_de", flat=True)
    assert sorted(travelling) == ["Hamm", "Hamm", "Wolfsburg", "Wolfsburg"]
    assert application.sections.filter(key="offer").count() == 2
    assert application.trip.destination == application.destination
    assert application.commitment is not None
    check = application.formal_checks.get()
    assert (check.failed, bool(check.note)) == ([], True)


def test_commitments_are_open_late_and_done_and_two_cities_find_their_own(loaded: Event) -> None:
    today = timezone.localdate()
    darmstadt = Commitment.objects.filter(
        partnership__title_de="Darmstadt – San Antonio"
    ).in_order()
    found = [(one.party.city.name, one.state, one.is_late(today)) for one in darmstadt]
    assert found == [
        ("San Antonio", "open", True),
        ("Darmstadt", "open", False),
        ("Darmstadt", "done", False),
    ]
    assert Commitment.objects.filter(is_demo=False).count() == 0
    two = Application.objects.get(title="Radwege in einer Autostadt")
    assert two.parties.count() == two.partnership.parties.count() == 2


def test_loading_twice_changes_nothing(loaded: Event) -> None:
    before = Invitation.objects.count(), User.objects.count(), Mail.objects.count()
    assert load() is False
    assert (Invitation.objects.count(), User.objects.count(), Mail.objects.count()) == before


def test_every_login_works_and_only_the_team_is_staff(loaded: Event) -> None:
    for login in LOGINS:
        user = User.objects.get(email=login.email)
        assert user.check_password(login.password) is True
        assert user.is_staff is login.email.endswith("@skew.example")
    assert list(User.objects.filter(is_superuser=True).values_list("email", flat=True)) == [
        "admin@skew.example"
    ]


def test_a_database_with_real_accounts_is_refused() -> None:
    make_user("echt@stadt.example")
    with pytest.raises(CommandError, match="real people"):
        call_command("load_demo")


def test_a_database_with_real_events_ahead_is_refused() -> None:
    make_event()
    with pytest.raises(CommandError, match="real events"):
        call_command("load_demo")


def test_production_is_refused(settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("load_demo")


@pytest.mark.parametrize("today", ["2026-11-21", "2027-02-20", "2031-07-01"])
def test_the_demo_events_always_lie_ahead(today: str) -> None:
    from tests.factories import make_city

    make_city("Bonn")
    at = dt.datetime.fromisoformat(today).replace(tzinfo=dt.UTC)
    events = make_roundtable(at), make_networking_meeting(at)
    assert all(event.answer_by > at + dt.timedelta(days=14) for event in events)
    in_gap_week = events[0].starts_at.date() == GAP_WEEK
    assert in_gap_week is (today == "2026-11-21")


def test_no_decision_grants_more_than_the_cities_asked_for(loaded: Event) -> None:
    granting = Decision.objects.filter(amount__gt=0).select_related("application__call")
    assert granting.count() == 3
    assert {one.amount - totals(one.application).asked for one in granting} == {0}
