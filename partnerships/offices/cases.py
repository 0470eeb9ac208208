"""Open cases that somebody who leaves hands over. Apps and rooms register theirs.

A case belongs to the city's office; what is handed over is a person's part in it, for instance
an address to which a question was sent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import User

from ..models import City


@dataclass(frozen=True)
class Successor:
    """Who takes over: a colleague, or a new address without an account so far."""

    email: str
    name: str
    language: str
    user: User | None = None


@dataclass(frozen=True)
class Cases:
    """One kind of case.

    ``label`` names it on the form, ``count`` says how many a person has open in a city, and
    ``hand_over(city, leaver, successor)`` moves them in the caller's transaction and returns how
    many.
    """

    label: Any
    count: Callable[[City, User], int]
    hand_over: Callable[[City, User, Successor], int]


_CASES: dict[str, Cases] = {}


def register(name: str, cases: Cases) -> None:
    """Add a kind of case as ``room.what``; call it in ``AppConfig.ready()``."""
    _CASES[name] = cases


def open_cases(city: City, leaver: User) -> list[tuple[Any, int]]:
    """Label and number of every kind of which the person has some open."""
    counted = [(kind.label, kind.count(city, leaver)) for kind in _CASES.values()]
    return [(label, count) for label, count in counted if count]


def hand_over_all(city: City, leaver: User, to: Successor) -> int:
    return sum(kind.hand_over(city, leaver, to) for kind in _CASES.values())
