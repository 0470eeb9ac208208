"""What the mails of a batch are about, read together just before they are sent."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .registry import Kind, kinds

if TYPE_CHECKING:
    from .models import Mail

#: Seconds after which things are read again: a withdrawn invitation must not go out.
FRESH_SECONDS = 1.0


class Subjects:
    """The things that the mails of one batch are about, never older than ``FRESH_SECONDS``."""

    def __init__(self, batch: list[Mail], clock: Callable[[], float] = time.monotonic) -> None:
        self._ahead = list(batch)
        self._clock = clock
        self._stale_from = float("-inf")
        self._found: dict[str, dict[int, Any]] = {}

    def of(self, mail: Mail) -> Any:
        """What ``mail`` is about, or ``None`` when it is about nothing or does not exist now.

        Mails are asked for in the order of the batch.
        """
        if self._clock() >= self._stale_from:
            self._ahead = self._ahead[self._ahead.index(mail) :]
            self._read()
        return self._found.get(mail.kind, {}).get(mail.about_id or 0)

    def _read(self) -> None:
        ids: dict[str, set[int]] = defaultdict(set)
        for mail in self._ahead:
            if mail.about_id is not None:
                ids[mail.kind].add(mail.about_id)
        self._found = {
            kind.key: _things(kind, ids[kind.key])
            for kind in kinds()
            if kind.about is not None and kind.key in ids
        }
        self._stale_from = self._clock() + FRESH_SECONDS


def _things(kind: Kind, ids: set[int]) -> dict[int, Any]:
    if kind.about_one is not None and len(ids) == 1:
        (pk,) = ids
        found = kind.about_one(pk)
        return {} if found is None else {pk: found}
    assert kind.about is not None  # noqa: S101 (asked before)
    return kind.about().in_bulk(ids)
