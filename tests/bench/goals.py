"""What has to be reached, row by row; a row's verdict is computed here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Values = dict[str, float]


@dataclass(frozen=True)
class Goal:
    """An upper or lower limit for one value of a row."""

    value: str
    limit: float
    at_least: bool = False
    unit: str = ""

    def met(self, values: Values) -> bool:
        found = values[self.value]
        return found >= self.limit if self.at_least else found <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:g}{self.unit}"


@dataclass(frozen=True)
class Row:
    """A line of the table: its name on the command line, what it says, its goals, its peers."""

    name: str
    title: str
    goals: tuple[Goal, ...]
    peers: str = "–"
    postgresql_only: bool = False


def _page(cpu: float, sql: int, *more: Goal) -> tuple[Goal, ...]:
    return (Goal("cpu", cpu, unit=" b"), Goal("sql", sql, unit=" SQL"), *more)


#: No seat was given twice.
NO_SEAT_TOO_MANY = Goal("oversold", 0, unit=" oversold")

ROWS = (
    Row(
        "event",
        "public event page with 20 sessions",
        _page(3, 5),
        "pretalx 22 b, pretix 24 b, Indico 32 b",
    ),
    Row("directory-25", "directory of 374, 25 rows with facets", _page(3, 5)),
    Row(
        "directory-200",
        "directory of 374, 200 rows",
        _page(5, 5),
        "pretalx list of 200: 118 b; Indico 235 b",
    ),
    Row("large-25", "directory of 50,000, 25 rows with facets", _page(3, 5)),
    Row("large-200", "directory of 50,000, 200 rows", _page(5, 5)),
    Row("map", "map of 374 with its first 25 rows", _page(10, 5)),
    Row("large-map", "map of 50,000 with its first 25 rows", _page(10, 5)),
    Row(
        "search-broad",
        "search of 50,000, broad: page, exact count, all facets",
        (
            Goal("ms", 60, unit=" ms"),
            Goal("share", 0.1, unit=" of naive"),
            Goal("sql", 2, unit=" SQL"),
        ),
        "four statements with icontains: 1",
        postgresql_only=True,
    ),
    Row(
        "search-typical",
        "search of 50,000, typical: page, exact count, all facets",
        (
            Goal("ms", 15, unit=" ms"),
            Goal("share", 0.1, unit=" of naive"),
            Goal("sql", 2, unit=" SQL"),
        ),
        "four statements with icontains: 1",
        postgresql_only=True,
    ),
    Row("personal", "personal page, GET", _page(3, 5), "Indico form 29 b"),
    Row("confirming", "confirming page by link, GET", _page(5, 10)),
    Row(
        "answer",
        "whole answer: link, page, POST, result page, mail delivered",
        _page(20, 30, Goal("requests", 5, unit=" requests")),
        "Indico 75 b, pretix 463 b, pretalx 488 b",
    ),
    Row(
        "guests",
        "staff guest list, 50 of 1,000",
        _page(6, 9, Goal("kb", 60, unit=" kB")),
        "pretix 59 b, pretalx 378 b, Indico 667 b",
    ),
    Row("reviews", "review table, 200 × 4 reviews", _page(30, 12)),
    Row("cases", "staff list of cases, 50 of 2,000", _page(20, 12)),
    Row(
        "outbox-1",
        "outbox to SMTP, one worker",
        (Goal("share", 0.2, at_least=True, unit=" of raw smtplib"),),
        "post_office 0.29 without any fence; Celery a task per mail 0.18",
    ),
    Row(
        "outbox-2",
        "outbox to SMTP, two workers",
        (Goal("share", 0.35, at_least=True, unit=" of raw smtplib"),),
    ),
    Row(
        "seat",
        "seats: the seat statement alone",
        (Goal("share", 1, at_least=True, unit=" of FOR UPDATE"), NO_SEAT_TOO_MANY),
        "naive form oversells",
    ),
    Row(
        "seat-answer",
        "seats: whole events.answer in process",
        (Goal("share", 0.15, at_least=True, unit=" of FOR UPDATE"), NO_SEAT_TOO_MANY),
        "naive form oversells",
    ),
    Row(
        "import",
        "import of a list of 10,000 clean rows",
        (Goal("seconds", 60, unit=" s"),),
    ),
)
PAGES = (
    "event",
    "directory-25",
    "directory-200",
    "map",
    "personal",
    "confirming",
    "guests",
    "reviews",
    "cases",
)
LARGE = ("large-25", "large-200", "large-map")


def chosen(only: list[str]) -> list[Row]:
    """The rows whose names are asked for, or begin so (``seat``); all without a wish."""
    unknown = [wish for wish in only if not any(row.name.startswith(wish) for row in ROWS)]
    if unknown:
        raise SystemExit(f"No row is called {', '.join(unknown)}. There are: {_names()}.")
    return [row for row in ROWS if not only or row.name.startswith(tuple(only))]


def _names() -> str:
    return ", ".join(row.name for row in ROWS)


Say = Callable[[str], None]
