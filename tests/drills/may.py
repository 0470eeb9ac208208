"""What a row of the table of rights is made of: who sends, which rows, and whose they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .write_log import Change, Row

ALL = "added", "changed", "removed"


@dataclass(frozen=True)
class Sender:
    """Somebody of the cast; ``user`` is ``None`` and ``guest`` their invitation, or the reverse.

    ``offices`` are the city and the role of each membership they begin with.
    """

    role: str
    user: Any = None
    guest: Any = None
    offices: frozenset[tuple[int, str]] = frozenset()


Whose = Callable[[Row, Sender], bool]


def anybodys(row: Row, sender: Sender) -> bool:
    return True


def their_own(row: Row, sender: Sender) -> bool:
    """The account itself, or what belongs to it."""
    owner = row["user_id"] if "user_id" in row else row["id"]
    return sender.user is not None and owner == sender.user.pk


def done_by_them(row: Row, sender: Sender) -> bool:
    """The portal may act in consequence, but nobody is named who did not do it."""
    return sender.user is not None and row["by_id"] in (sender.user.pk, None)


@dataclass(frozen=True)
class May:
    """Rows of these tables may be added, changed or removed; changed in these columns or in all."""

    tables: str
    kinds: tuple[str, ...] = ALL
    whose: Whose = anybodys
    columns: str = ""
    never: str = ""

    def allows(self, change: Change, sender: Sender) -> bool:
        return (
            change.table in self.tables.split()
            and change.kind in self.kinds
            and (not self.columns or change.columns <= set(self.columns.split()))
            and not change.columns & set(self.never.split())
            and self.whose(change.row, sender)
        )
