"""What a list that staff may export says about itself; apps declare theirs in a few lines.

A list without an object of its own is registered and gets its page at ``/staff/lists/<name>/``;
one about an object (the guests of an event) is handed to ``exporting.views`` by that app.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.functional import Promise

from ..workbooks import Value

#: The filter that holds typed words; they may name a person, so the journal keeps only that it was.
WORDS = "q"


@dataclass(frozen=True)
class ListColumn:
    """A heading, its width in characters, and what a row of the list puts there.

    ``is_personal`` columns are left out unless somebody ticks them and says what for.
    """

    name: str
    label: str | Promise
    width: int
    value: Callable[[Any], Value]
    is_personal: bool = False


@dataclass(frozen=True)
class Chosen:
    """What the filters in the address leave: how many rows, the way to them, the way back.

    ``filters`` are those the list understood, by name.
    """

    count: int
    rows: Callable[[], Iterable[Any]]
    filters: dict[str, str]
    back: str


@dataclass(frozen=True)
class ListExport:
    """A list: ``find`` reads its filters from the address as the list's own page does.

    ``find`` raises ``BadRequest`` for an address that the list refuses. The journal's entry
    hangs on ``about``, or else on who exports.
    """

    name: str
    label: str | Promise
    columns: Sequence[ListColumn]
    find: Callable[[HttpRequest], Chosen]
    about: Model | None = None

    @property
    def plain(self) -> list[ListColumn]:
        return [column for column in self.columns if not column.is_personal]

    @property
    def personal(self) -> list[ListColumn]:
        return [column for column in self.columns if column.is_personal]


_LISTS: dict[str, ListExport] = {}


def register(*lists: ListExport) -> None:
    _LISTS.update({one.name: one for one in lists})


def registered() -> dict[str, ListExport]:
    return dict(_LISTS)


def kept_filters(filters: dict[str, str]) -> dict[str, str]:
    """The filters as the journal keeps them: typed words are told, but not which."""
    return {name: "…" if name == WORDS else value[:100] for name, value in filters.items() if value}
