"""What a part holds, as plain values by the name of their field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ...models import Section
from ..pieces import Piece

#: Field name → text, number, date, flag or list; what is empty may be left out.
Values = dict[str, Any]


class Progress(Enum):
    """How far a part is, as far as a program can tell."""

    EMPTY = _("not begun")
    BEGUN = _("begun")
    FILLED = _("filled in")


@dataclass(frozen=True)
class Content:
    """How a part is read from its rows, written to them, and when it counts as filled in.

    ``write`` gets the locked section of the piece and all of its values; ``wanted`` names the
    fields without which something is surely missing, as prefixes; ``words`` says by prefix what
    people call them.
    """

    read: Callable[[Piece], Values]
    write: Callable[[Piece, Section, Values], None]
    wanted: Callable[[Piece], tuple[str, ...]]
    words: dict[str, Any]

    def words_for(self, names: list[str]) -> Any:
        """A few translatable words on fields that changed."""
        found = [
            words
            for prefix, words in self.words.items()
            if any(name.startswith(prefix) for name in names)
        ]
        return lazy(lambda: ", ".join(map(str, found)), str)()

    def progress(self, piece: Piece) -> Progress:
        names = filled(self.read(piece))
        found = [any(name.startswith(prefix) for name in names) for prefix in self.wanted(piece)]
        if not any(found):
            return Progress.EMPTY
        return Progress.FILLED if all(found) else Progress.BEGUN


def filled(values: Values) -> Values:
    """Without what is empty, so that two ways of saying nothing are equal."""
    return {name: value for name, value in values.items() if value not in ("", None, False, [])}


def differing(one: Values, other: Values) -> list[str]:
    """Names of fields whose values are not the same in both."""
    names = dict.fromkeys([*one, *other])
    mine, theirs = filled(one), filled(other)
    return [name for name in names if mine.get(name) != theirs.get(name)]
