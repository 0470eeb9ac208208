"""Every foreign key to a city, a partnership or a party has a rule, and the rule fits."""

from __future__ import annotations

from typing import Any

import pytest

from partnerships.merging import registry
from partnerships.merging.planning import plan
from partnerships.merging.registry import Doubles, Rule, rule_for
from partnerships.merging.relations import Relation, relation, relations_to
from partnerships.models import City, Membership, Partnership, Party
from tests import factories as make

from .doubled import two_cities

TARGETS = (City, Partnership, Party)
EVERY = [one for model in TARGETS for one in relations_to(model)]


def without_rule(found: list[Relation]) -> list[str]:
    return [one.key for one in found if rule_for(one.key) is None]


def test_every_relation_has_a_rule() -> None:
    assert without_rule(EVERY) == []


def test_hidden_relations_and_through_tables_are_among_them() -> None:
    keys = {one.key for one in EVERY}
    assert {
        "partnerships.Partnership.started_by",
        "partnerships.Import_new_cities.city",
        "partnerships.Partnership_signatories.partnership",
        "events.Delegation.partnership",
    } <= keys


def test_no_rule_is_declared_for_a_relation_that_does_not_exist() -> None:
    assert {one.key for one in EVERY} == set(registry._RULES)


def test_a_relation_without_a_rule_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(registry._RULES, "events.Event.city")
    assert without_rule(EVERY) == ["events.Event.city"]


@pytest.mark.django_db
def test_a_relation_without_a_rule_refuses_the_merge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(registry._RULES, "events.Event.city")
    assert plan(*two_cities()).refusals == [
        "„Veranstaltungen“ verweisen hierher, und niemand hat festgelegt, was beim "
        "Zusammenführen aus ihnen wird. Bitte sagen Sie es denen, die das Portal entwickeln."
    ]


def may_be_doubled(one: Relation) -> bool:
    """Whether a unique constraint could forbid moving a row."""
    rule = rule_for(one.key) or Rule()
    is_left_alone = rule.stays or rule.only_if_none or rule.goes_with
    return bool(one.uniques) and not is_left_alone and not rule.number


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.key)
def test_a_rule_says_what_becomes_of_doubles_where_there_may_be_some(one: Relation) -> None:
    rule = rule_for(one.key)
    assert rule is not None
    assert bool(rule.because) or not may_be_doubled(one)
    assert bool(rule.ending) == (rule.doubles is Doubles.END or rule.open_ones is not None)


def test_a_relation_is_found_again_by_its_key() -> None:
    assert [relation(one.key) for one in EVERY] == EVERY


@pytest.mark.django_db
def test_doubles_are_rows_that_a_unique_constraint_forbids() -> None:
    kept, other = two_cities()
    user: Any = make.make_user()
    first = make.make_membership(user, kept, "editor")
    double = make.make_membership(user, other, "editor")
    make.make_membership(user, other, "signatory")
    found = Relation(Membership, Membership._meta.get_field("city"))
    assert found.doubles(other.pk, kept.pk) == {double.pk: first.pk}
