"""What differs between two submitted versions, piece by piece, as people read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..models import Submission
from ..reviewing.reading import Line, ReadPart, parts


@dataclass(frozen=True)
class Change:
    """One line of a piece before and after; empty where it was not there."""

    label: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True)
class ChangedPart:
    label: Any
    city: str
    changes: list[Change]


def differences(old: Submission, new: Submission) -> list[ChangedPart]:
    """The pieces that differ, in the order of the application."""
    before, after = _by_key(parts(old)), _by_key(parts(new))
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        part = after.get(key) or before[key]
        changes = _changes(_lines(before.get(key)), _lines(after.get(key)))
        if changes:
            found.append(ChangedPart(part.label, part.city, changes))
    return found


def _by_key(found: Iterable[ReadPart]) -> dict[tuple[str, str], ReadPart]:
    return {(part.key, part.city): part for part in found}


def _lines(part: ReadPart | None) -> dict[tuple[str, int], list[str]]:
    """Lines by their label; the second of the same name is another line."""
    seen: Counter[str] = Counter()
    named: dict[tuple[str, int], list[str]] = {}
    lines: list[Line] = part.lines if part else []
    for label, values in lines:
        named[label, seen[label]] = values
        seen[label] += 1
    return named


def _changes(
    before: dict[tuple[str, int], list[str]], after: dict[tuple[str, int], list[str]]
) -> list[Change]:
    keys = [*after, *(key for key in before if key not in after)]
    return [
        Change(key[0], before.get(key, []), after.get(key, []))
        for key in keys
        if before.get(key, []) != after.get(key, [])
    ]
