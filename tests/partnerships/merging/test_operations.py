"""Merging: everything moves, names and addresses lead on, and it is done once."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from journal.models import Entry
from partnerships.merging import operations
from partnerships.merging.planning import plan
from partnerships.merging.registry import rule_for
from partnerships.merging.relations import relations_to
from partnerships.models import City, Merge, Partnership, Party
from tests import factories as make

from .doubled import (
    hang_everything_on,
    hang_everything_on_partnership,
    merged,
    two_cities,
    two_partnerships,
)

pytestmark = pytest.mark.django_db


def counts(model: type, pk: int) -> dict[str, int]:
    """How many rows point at the key, by relation."""
    return {one.key: one.of(pk).count() for one in relations_to(model)}


def what_moves(found: dict[str, int]) -> dict[str, int]:
    return {key: n for key, n in found.items() if not rule_for(key).stays}  # type: ignore[union-attr]


def test_everything_that_hangs_on_a_city_moves() -> None:
    kept, other = two_cities()
    hang_everything_on(other)
    before = counts(City, other.pk)
    assert min(what_moves(before).values()) > 0  # nothing is left out of the test
    merged(kept, other)
    assert what_moves(counts(City, kept.pk)) == what_moves(before) | {
        "partnerships.City.merged_into": 2  # the city itself, too
    }
    assert set(what_moves(counts(City, other.pk)).values()) == {0}


def test_everything_that_hangs_on_a_partnership_moves() -> None:
    kept, other = two_partnerships()
    hang_everything_on_partnership(other)
    before = counts(Partnership, other.pk)
    assert min(what_moves(before).values()) > 0
    merged(kept, other)
    assert what_moves(counts(Partnership, kept.pk)) == what_moves(before) | {
        "partnerships.Partnership.merged_into": 2
    }


def test_rankings_and_answers_of_each_city_go_to_its_part_in_the_partnership_that_stays() -> None:
    kept, other = two_partnerships()
    hang_everything_on_partnership(other)
    merged(kept, other)
    own, theirs = kept.parties.first(), other.parties.first()
    assert (own.topic_rankings.count(), theirs.topic_rankings.count()) == (1, 0)
    assert (own.confirmations.count(), theirs.confirmations.count()) == (1, 0)
    assert (own.facts.count(), theirs.facts.count()) == (0, 1)  # the kept one's facts hold
    assert [one.replaced_at is not None for one in theirs.requests.all()] == [True]


def test_the_city_that_stays_is_found_by_the_other_names() -> None:
    kept, other = two_cities()
    partnership = make.make_partnership(other)
    City.objects.filter(pk=other.pk).update(other_names="Vesalia\nWesel")
    merged(kept, City.objects.get(pk=other.pk))
    assert list(City.objects.search("vesalia")) == [kept]
    assert City.objects.get(pk=kept.pk).spellings == ["Wesel am Rhein", "Vesalia"]
    partnership.refresh_from_db()
    assert partnership.title_de == "Wesel"
    assert "vesalia" in partnership.search_text


def test_a_merged_partnership_leaves_the_directory() -> None:
    kept, other = two_partnerships()
    merged(kept, other)
    assert list(Partnership.objects.public()) == [kept]
    assert Partnership.every.get(pk=other.pk).in_directory is False


def test_what_was_merged_into_the_merged_one_leads_on_to_the_last() -> None:
    first, second = two_cities()
    third = make.make_city()
    merged(second, third)
    merged(first, City.objects.get(pk=second.pk))
    assert City.every.get(pk=third.pk).standing == first


def test_both_entries_and_the_merge_itself_keep_what_was_done() -> None:
    kept, other = two_cities()
    staff = make.make_staff()
    made = merged(kept, make.make_partnership(other).parties.get().city, by=staff)
    assert (made.kept, made.merged, made.by, made.kind) == (kept, other, staff, "city")
    assert [(one["relation"], one["moved"]) for one in made.moved] == [
        ("partnerships.Party.city", [Party.objects.get().pk])
    ]
    assert made.count == 1
    verbs = [(entry.verb, entry.about) for entry in Entry.objects.order_by("pk")]
    assert verbs == [("partnerships.leads_on", other), ("partnerships.merged", kept)]
    assert {entry.by for entry in Entry.objects.all()} == {staff}


def test_merging_the_same_once_more_changes_nothing() -> None:
    kept, other = two_cities()
    made = merged(kept, other)
    again = operations.merge(kept=kept, merged=other, seen="", by=make.make_staff())
    assert again == made
    assert Merge.objects.count() == 1


@pytest.mark.parametrize("way", ["backwards", "on", "itself"])
def test_a_merged_entry_is_neither_merged_nor_kept_again(way: str) -> None:
    kept, other = two_cities()
    merged(kept, other)
    pairs = {
        "backwards": (other, kept),
        "on": (make.make_city(), other),
        "itself": (kept, kept),
    }
    with pytest.raises(ValidationError) as refusal:
        merged(*pairs[way])
    assert refusal.value.code == "merged"


def test_a_plan_that_has_changed_is_shown_anew() -> None:
    kept, other = two_cities()
    seen = plan(kept, other).digest
    make.make_position(other)
    with pytest.raises(ValidationError) as refusal:
        operations.merge(kept=kept, merged=other, seen=seen, by=make.make_staff())
    assert refusal.value.code == "changed"
    assert other.positions.count() == 1


def test_an_edit_of_either_entry_changes_the_plan() -> None:
    kept, other = two_cities()
    seen = plan(kept, other).digest
    kept.population = 60_000
    kept.save()
    assert plan(kept, other).digest != seen


def test_what_is_refused_is_not_done() -> None:
    kept, other = two_cities()
    make.make_partnership(kept, other)
    with pytest.raises(ValidationError) as refusal:
        merged(kept, other)
    assert refusal.value.code == "refused"
    assert City.objects.count() == 2


def test_an_edit_begun_before_the_merge_does_not_move_a_row_back() -> None:
    from partnerships.cards.operations import edit_card

    kept, other = two_cities()
    card = make.make_card(other)
    merged(kept, other)
    with pytest.raises(ValidationError) as refusal:
        edit_card(card=card, by=make.make_user())
    assert refusal.value.code == "conflict"
    assert kept.cards.count() == 1
