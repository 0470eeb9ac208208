"""Taking a merge back: everything as it was, or a list of what somebody did since."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from journal.models import Entry
from journal.operations import record
from partnerships.merging import operations
from partnerships.merging.traces import edited_since
from partnerships.models import City, Membership, Merge, Partnership, Position
from tests import factories as make

from .doubled import (
    everything,
    hang_everything_on,
    hang_everything_on_partnership,
    merged,
    two_cities,
    two_partnerships,
)

pytestmark = pytest.mark.django_db


def undone(merge: Merge) -> Merge:
    return operations.undo(merge=Merge.objects.get(pk=merge.pk), by=make.make_staff())


def refusal_of(merge: Merge) -> tuple[str, list[str]]:
    with pytest.raises(ValidationError) as refusal:
        undone(merge)
    return refusal.value.code, edited_since(Merge.objects.get(pk=merge.pk))


@pytest.mark.parametrize("kept_has_some", [False, True])
def test_a_city_gets_everything_back(kept_has_some: bool) -> None:
    kept, other = two_cities()
    hang_everything_on(other)
    if kept_has_some:
        make.make_card(kept)
        make.make_membership(Membership.objects.get().user, kept)
        kept.domains.create(domain="stadt-wesel.example")
        make.make_role_request(other.role_requests.get().user, kept)
        make.make_office_invitation(kept, email=other.office_invitations.get().email)
        make.make_wish(kept, other.wishes_sent.get().asked)
    before = everything(Merge)
    made = merged(kept, other)
    assert everything(Merge) != before
    undone(made)
    assert everything(Merge) == before


@pytest.mark.parametrize("kept_has_some", [False, True])
def test_a_partnership_gets_everything_back(kept_has_some: bool) -> None:
    kept, other = two_partnerships()
    hang_everything_on_partnership(other)
    if kept_has_some:
        make.make_revealed_round(kept, make.make_topic())
        kept.events.add(other.events.get())
    before = everything(Merge)
    made = merged(kept, other)
    assert everything(Merge) != before
    undone(made)
    assert everything(Merge) == before


def test_both_entries_and_the_merge_say_who_took_it_back() -> None:
    kept, other = two_cities()
    made = undone(merged(kept, other))
    assert made.undone_by is not None
    newest = Entry.objects.filter(by=made.undone_by).order_by("pk")
    assert [(one.verb, one.about) for one in newest] == [
        ("partnerships.merge_undone", kept),
        ("partnerships.stands_again", other),
    ]


def test_a_merge_is_taken_back_once() -> None:
    made = merged(*two_cities())
    undone(made)
    assert refusal_of(made)[0] == "undone"


def test_what_was_taken_back_can_be_merged_again() -> None:
    kept, other = two_cities()
    undone(merged(kept, other))
    again = merged(City.objects.get(pk=kept.pk), City.objects.get(pk=other.pk))
    assert undone(again).undone_at is not None


@pytest.mark.parametrize(("days", "code"), [(29, None), (31, "final")])
def test_after_thirty_days_a_merge_is_final(days: int, code: str | None) -> None:
    made = merged(*two_cities())
    with time_machine.travel(timezone.now() + dt.timedelta(days=days)):
        if code is None:
            assert undone(made).undone_at is not None
        else:
            assert refusal_of(made)[0] == code


def test_an_edit_of_the_city_that_stays_stands_against_it() -> None:
    kept, other = two_cities()
    made = merged(kept, other)
    fresh = City.objects.get(pk=kept.pk)
    fresh.population = 60_000
    fresh.save()
    assert refusal_of(made) == ("edited", ["„Wesel (DE)“ wurde bearbeitet."])
    assert City.objects.count() == 1


def test_saving_without_a_change_is_no_edit() -> None:
    kept, other = two_cities()
    made = merged(kept, other)
    City.objects.get(pk=kept.pk).save()
    assert undone(made).undone_at is not None


def test_an_edit_of_something_that_moved_stands_against_it() -> None:
    kept, other = two_cities()
    post = make.make_position(other, title="Protokoll")
    made = merged(kept, other)
    Position.objects.filter(pk=post.pk).update(email="neu@wesel.example")
    assert refusal_of(made) == (
        "edited",
        ["Stellen: 1 geändert (Protokoll, Wesel)"],
    )


def test_removing_something_that_moved_stands_against_it() -> None:
    kept, other = two_cities()
    make.make_membership(make.make_user(), other)
    made = merged(kept, other)
    Membership.objects.all().delete()
    assert refusal_of(made) == ("edited", ["Mitgliedschaften: 1 entfernt"])


@time_machine.travel("2026-06-01 10:00+02:00", tick=False)
def test_what_the_journal_says_since_stands_against_it() -> None:
    kept, other = two_cities()
    partnership = make.make_partnership(other)
    made = merged(kept, other)
    record("partnerships.edited", partnership, by=make.make_staff())
    code, sentences = refusal_of(made)
    assert code == "edited"
    assert sentences == ["01.06.2026 10:00: Partnerschaft durch das SKEW-Team geändert"]


def test_what_happens_elsewhere_does_not_stand_against_it() -> None:
    made = merged(*two_cities())
    record("partnerships.edited", make.make_partnership(), by=make.make_staff())
    assert undone(made).undone_at is not None


def test_merges_are_taken_back_in_reverse_order() -> None:
    first, second = two_cities()
    inner = merged(second, make.make_city("Wesel-Büderich"))
    outer = merged(first, City.objects.get(pk=second.pk))
    assert refusal_of(inner)[0] == "edited"
    undone(outer)
    assert undone(inner).undone_at is not None


def test_a_partnership_merged_next_is_taken_back_first() -> None:
    kept, other = two_cities()
    abroad = make.make_partner_city()
    pair = [make.make_partnership(kept, abroad), make.make_partnership(other, abroad)]
    cities = merged(kept, other)
    partnerships = merged(*Partnership.objects.filter(pk__in=[p.pk for p in pair]).order_by("pk"))
    assert refusal_of(cities)[0] == "edited"
    undone(partnerships)
    assert undone(cities).undone_at is not None
