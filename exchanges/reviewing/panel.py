"""The panel's table of a call: every case with its scores, and the budget as one moves the line.

Cases are ranked by their median. Above the line stand those that would be funded. A case whose
scores the reader may not see is only named: it has no rank and stands in no sum, so that nothing
about it can be told from the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.db.models import DecimalField, Exists, ExpressionWrapper, F, OuterRef, Q, Sum
from django.utils import formats
from django.utils.translation import get_language

from accounts.models import User

from ..calls import budget
from ..calls.budget import Standing as Budget
from ..models import Application, ApplicationParty, BudgetLine, Call, FormalCheck, Review, Score
from ..states import State
from ..sums import CENT, euros
from . import scoring, sight, standings
from .scoring import Standing

_Review = Review.State
_COST = ExpressionWrapper(
    F("price") * F("persons") * F("units"), DecimalField(max_digits=14, decimal_places=2)
)


@dataclass
class Row:
    """One case; ``running`` is the sum of what it and all above it ask for, in euros."""

    ref: str
    title: str
    standing: Standing
    amount: Decimal
    waiting: int
    rank: int = 0
    running: Decimal = Decimal(0)
    is_above: bool = False

    @property
    def totals(self) -> str:
        """The weighted scores of the reviews, in the order in which they were asked for."""
        language = get_language()
        return " · ".join(_number(one, language) for one in self.standing.totals) or "–"

    @property
    def cells(self) -> tuple[str, ...]:
        """What the table says in plain cells: 200 rows are read at once, so it is made here."""
        language = get_language()
        return (
            str(self.rank),
            _number(self.standing.median, language),
            _number(self.standing.spread if self.standing.count else None, language),
            self.totals,
            str(self.waiting or "–"),
            _priced(self.amount, language),
            _priced(self.running, language),
        )


@dataclass(frozen=True)
class Table:
    """``rows`` as they are sorted, ``named`` the titles of cases that are only named."""

    rows: list[Row]
    named: list[tuple[str, str]]
    cut: int
    budget: Budget

    @property
    def above(self) -> Decimal:
        """What the cases above the line ask for."""
        return sum((row.amount for row in self.rows if row.is_above), Decimal(0))

    @property
    def left(self) -> Decimal:
        """What would be left of the budget; below zero where it does not suffice."""
        return self.budget.left - self.above

    @property
    def missing(self) -> Decimal:
        return max(-self.left, Decimal(0))

    @property
    def trips_left(self) -> int:
        return self.budget.trips_left - self.cut


#: How rows are sorted; where two are alike the rank decides.
ORDERS: dict[str, Callable[[Row], Any]] = {
    "rank": lambda row: row.rank,
    "spread": lambda row: (-row.standing.spread, row.rank),
    "amount": lambda row: (-row.amount, row.rank),
    "ref": lambda row: row.ref,
}


def closed_to_staff(call: Call, user: User) -> dict[int, str]:
    """Titles of the cases whose scores this person may not see, by their keys.

    Staff who review a case themselves hand in their own review first, and are recused like others.
    """
    own = Review.objects.filter(application__call=call, reviewer=user).exclude(state=_Review.DONE)
    return _titles(own.select_related("application"))


def closed_to_reviewer(call: Call, user: User, own_cities: frozenset[int]) -> dict[int, str]:
    """The same for a reviewer, for whom cases of their own city are closed as well."""
    own = Review.objects.filter(application__call=call, reviewer=user).exclude(state=_Review.DONE)
    home = Application.objects.filter(call=call, parties__city__in=own_cities).distinct()
    return _titles(own.select_related("application")) | {
        case.pk: sight.title_of(case) for case in home
    }


def is_done(call: Call, user: User, own_cities: frozenset[int]) -> bool:
    """Whether a reviewer has handed in everything they are asked for in this call."""
    own = Review.objects.filter(application__call=call, reviewer=user)
    home = ApplicationParty.objects.filter(application=OuterRef("application"))
    waiting = own.waiting().filter(application__state__in=[State.CHECKING, *_RANKED])
    waiting = waiting.exclude(Exists(home.filter(city__in=own_cities)))
    return not waiting.exists() and own.filter(state=_Review.DONE).exists()


def table(call: Call, closed: dict[int, str], *, cut: int | None, order: str) -> Table:
    """``cut`` is the number of cases above the line; without one, as many as the budget allows.

    ``closed`` are titles of cases that are only named, by their keys. Six statements.
    """
    cases = _cases(call)
    rows = _ranked(_rows(call, [case for case in cases if case.pk not in closed]))
    money = budget.standing(call)
    line = _suggested(rows, money) if cut is None else min(max(cut, 0), len(rows))
    for row in rows:
        row.is_above = row.rank <= line
    named = sorted((case.ref, closed[case.pk]) for case in cases if case.pk in closed)
    rows.sort(key=ORDERS.get(order, ORDERS["rank"]))
    return Table(rows, named, line, money)


_RANKED = (State.REVIEWING, State.RESERVE)


def _cases(call: Call) -> list[Application]:
    """Those under review or on the reserve list, and those that answer a question meanwhile."""
    checked = FormalCheck.objects.filter(application=OuterRef("pk"))
    asked = Q(Exists(checked), state=State.INFORMATION)
    found = Application.objects.filter(Q(state__in=_RANKED) | asked, call=call)
    return list(found.order_by("ref").only("ref", "title", "own_share"))


def _rows(call: Call, cases: list[Application]) -> list[Row]:
    weights = standings.weights_of(call.pk)
    costs = _costs(call)
    reviews, waiting = _reviews(call)
    scores = _scores(call)
    return [
        Row(
            ref=case.ref,
            title=sight.title_of(case),
            standing=scoring.standing([scores[pk] for pk in reviews[case.pk]], weights),
            amount=max(costs.get(case.pk, Decimal(0)) - case.own_share, Decimal(0)),
            waiting=waiting[case.pk],
        )
        for case in cases
    ]


def _costs(call: Call) -> dict[int, Decimal]:
    lines = BudgetLine.objects.filter(application__call=call).order_by()
    sums = lines.values("application").annotate(cost=Sum(_COST))
    return {pk: cost.quantize(CENT) for pk, cost in sums.values_list("application", "cost")}


def _reviews(call: Call) -> tuple[dict[int, list[int]], dict[int, int]]:
    """Handed-in reviews of each case, as they were asked for, and how many are missing."""
    done: dict[int, list[int]] = defaultdict(list)
    waiting: dict[int, int] = defaultdict(int)
    rows = Review.objects.filter(application__call=call).order_by("assigned_at", "pk")
    for pk, case, state in rows.values_list("pk", "application", "state"):
        if state == _Review.DONE:
            done[case].append(pk)
        elif state != _Review.RECUSED:
            waiting[case] += 1
    return done, waiting


def _scores(call: Call) -> dict[int, dict[int, int | None]]:
    found: dict[int, dict[int, int | None]] = defaultdict(dict)
    rows = Score.objects.filter(
        review__application__call=call, review__state=_Review.DONE
    ).order_by()
    for review, criterion, value in rows.values_list("review", "criterion", "value"):
        found[review][criterion] = value
    return found


def _ranked(rows: list[Row]) -> list[Row]:
    """By median, the closer together the better, then by reference; unscored cases at the end."""
    rows.sort(key=_merit)
    running = Decimal(0)
    for rank, row in enumerate(rows, start=1):
        running += row.amount
        row.rank, row.running = rank, running
    return rows


def _merit(row: Row) -> tuple[bool, Fraction, Fraction, str]:
    median = row.standing.median
    return (median is None, -(median or Fraction(0)), row.standing.spread, row.ref)


def _suggested(rows: list[Row], money: Budget) -> int:
    """As many of the best as money and trips suffice for; cases without a score never."""
    line = 0
    for row in rows[: money.trips_left]:
        if row.standing.median is None or row.running > money.left:
            break
        line = row.rank
    return line


def _titles(reviews: Iterable[Review]) -> dict[int, str]:
    return {one.application_id: sight.title_of(one.application) for one in reviews}


def _number(value: Fraction | None, language: str | None) -> str:
    return "–" if value is None else _written(value, language)


@lru_cache(maxsize=4096)
def _written(value: Fraction, language: str | None) -> str:
    """The same few scores and sums stand in many rows."""
    number = scoring.rounded(value)
    return formats.number_format(number, decimal_pos=2, use_l10n=True, force_grouping=True)


@lru_cache(maxsize=4096)
def _priced(value: Decimal, language: str | None) -> str:
    return euros(value)
