"""What waits for a city's office, on its first page. Rooms and apps register theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from .door import Office


class Step(NamedTuple):
    """One thing to do: a sentence, and the page where it is done."""

    text: str
    address: str


Find = Callable[[Office], Iterable[Step]]
_FINDERS: dict[str, Find] = {}


def register(name: str, find: Find) -> None:
    """Add what a room finds as ``room.what``; call it in ``AppConfig.ready()``."""
    _FINDERS[name] = find


def steps(office: Office) -> list[Step]:
    return [step for find in _FINDERS.values() for step in find(office)]
