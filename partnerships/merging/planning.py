"""What merging would do, as plain data; reads and never writes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ..models import City, Partnership, Party
from .registry import Doubles, Rule, rule_for
from .relations import Relation, relations_to

Mergeable = City | Partnership
State = Partnership.State
#: How far a partnership is; the one that is further stays.
_FAR = (
    (State.LISTED,),
    (State.ENDED, State.DORMANT),
    (State.AWAITING_PARTNER, State.NEEDS_RECONFIRMATION),
    (State.ACTIVE,),
)


@dataclass(frozen=True)
class Move:
    """What becomes of the rows of one relation.

    ``moves`` are repointed from ``source`` to ``target``; ``stays`` stay where they are; ``ended``
    (moving or staying) are ended; ``numbers`` gives moving rows a new number. ``has`` counts the
    rows that the entry that stays has so far.
    """

    relation: Relation
    rule: Rule
    source: int
    target: int
    moves: tuple[int, ...]
    stays: tuple[int, ...]
    ended: tuple[int, ...]
    numbers: dict[int, int]
    has: int


@dataclass(frozen=True)
class Plan:
    """Everything that merging would do, or the sentences that say why it is refused."""

    kept: Mergeable
    merged: Mergeable
    moves: list[Move] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Changes as soon as anything else would happen, or one of the entries was edited."""
        said: list[Any] = [self.kept.pk, self.kept.version, self.merged.pk, self.merged.version]
        for one in self.moves:
            numbers = sorted(one.numbers.items())
            said += [one.relation.key, one.source, one.moves, one.stays, one.ended, numbers]
        return hashlib.sha256(json.dumps([said, self.refusals]).encode()).hexdigest()


def plan(kept: Mergeable, merged: Mergeable) -> Plan:
    """How ``merged`` would go into ``kept``, both of one kind and standing."""
    found = Plan(kept, merged)
    if isinstance(kept, Partnership) and isinstance(merged, Partnership):
        found.refusals.extend(_unfit(kept, merged))
    moved: dict[str, set[int]] = {}
    for one, source, target in _relations(kept, merged):
        rule = rule_for(one.key)
        if rule is None:
            found.refusals.append(_unknown(one))
            continue
        move = _move(one, rule, source, target, moved)
        if move is None:
            found.refusals.append(_doubled(one, rule))
        else:
            moved.setdefault(one.key, set()).update(move.moves)
            found.moves.append(move)
    return found


def _relations(kept: Mergeable, merged: Mergeable) -> Iterator[tuple[Relation, int, int]]:
    """Relations with source and target; those to parties last, as rounds move before rankings."""
    for one in relations_to(type(kept)):
        yield one, merged.pk, kept.pk
    if isinstance(kept, Partnership):
        theirs = dict(kept.parties.values_list("city", "pk"))
        for source, city in merged.parties.values_list("pk", "city"):
            for one in relations_to(Party):
                if city in theirs:
                    yield one, source, theirs[city]


def _move(
    one: Relation, rule: Rule, source: int, target: int, moved: dict[str, set[int]]
) -> Move | None:
    """What becomes of the relation's rows; ``None`` where doubles forbid merging."""
    has, rows = one.of(target).count(), one.of(source)
    everything = list(rows.values_list("pk", flat=True))
    if rule.stays:
        ends = rows.filter(rule.open_ones).values_list("pk", flat=True) if rule.open_ones else ()
        return Move(one, rule, source, target, (), tuple(everything), tuple(ends), {}, has)
    staying = set(everything) if rule.only_if_none and has else _apart(rows, rule, target, moved)
    doubled = set(one.doubles(source, target, besides=rule.number)) - staying
    if doubled and rule.doubles is Doubles.REFUSE:
        return None
    ended = doubled if rule.doubles is Doubles.END else set()
    staying |= doubled - ended
    numbers = _numbers(one, rule, target, [pk for pk in everything if pk not in staying])
    if rule.number:
        staying = set(everything) - set(numbers)
    return Move(
        one,
        rule,
        source,
        target,
        moves=tuple(pk for pk in everything if pk not in staying),
        stays=tuple(pk for pk in everything if pk in staying),
        ended=tuple(sorted(ended)),
        numbers=numbers,
        has=has,
    )


def _apart(rows: QuerySet[Any], rule: Rule, target: int, moved: dict[str, set[int]]) -> set[int]:
    """Rows that stay for what else they point at."""
    staying = set()
    if rule.goes_with:
        column, along = rule.goes_with
        others = rows.exclude(**{f"{column}__in": moved.get(along, set())})
        staying |= set(others.values_list("pk", flat=True))
    if rule.not_with:
        staying |= set(rows.filter(**{rule.not_with: target}).values_list("pk", flat=True))
    return staying


def _numbers(one: Relation, rule: Rule, target: int, going: Iterable[int]) -> dict[int, int]:
    """A free number for each row, in order, as long as there is one.

    Rows that are counted apart, as cards of each kind, share the number's unique constraint.
    """
    if not rule.number:
        return {}
    columns = next(names for names, _condition in one.uniques if rule.number in names)
    apart = [name for name in columns if name != rule.number]
    taken: dict[tuple[Any, ...], set[int]] = {}
    for number, *group in one.of(target).values_list(rule.number, *apart):
        taken.setdefault(tuple(group), set()).add(number)
    numbers = {}
    rows = one.model._base_manager.filter(pk__in=list(going)).order_by(rule.number, "pk")
    for pk, *group in rows.values_list("pk", *apart):
        used = taken.setdefault(tuple(group), set())
        number = next((n for n in range(1, rule.most + 1) if n not in used), None)
        if number:
            used.add(number)
            numbers[pk] = number
    return numbers


def _unfit(kept: Partnership, merged: Partnership) -> Iterator[str]:
    sides = [set(one.parties.values_list("city", flat=True)) for one in (kept, merged)]
    if sides[0] != sides[1]:
        yield _("Only partnerships of exactly the same cities can be merged.")
    if State.DRAFT in {kept.state, merged.state}:
        yield _("A draft is not merged: the office that started it finishes or deletes it.")
    elif how_far(merged) > how_far(kept):
        yield _(
            "The cities have done more about the other partnership. Let that one stay, so that "
            "nothing they confirmed is lost."
        )


def how_far(partnership: Partnership) -> int:
    """A higher number is further."""
    return next(n for n, states in enumerate(_FAR) if partnership.state in states)


def _unknown(one: Relation) -> str:
    return _(
        "“%(what)s” point here, and nobody has said what becomes of them when entries are merged. "
        "Please tell those who develop the portal."
    ) % {"what": one.label}


def _doubled(one: Relation, rule: Rule) -> str:
    return str(rule.because) or _("Both have the same: %(what)s.") % {"what": one.label}


def same_next(kept: City) -> list[tuple[Partnership, Partnership]]:
    """Pairs of the city's partnerships between exactly the same cities, the older one first."""
    rows = kept.partnerships.exclude(state=State.DRAFT).prefetch_related("parties").order_by("pk")
    first: dict[frozenset[int], Partnership] = {}
    found = []
    for one in rows:
        cities = frozenset(party.city_id for party in one.parties.all())
        if cities in first:
            found.append((first[cities], one))
        else:
            first[cities] = one
    return found
