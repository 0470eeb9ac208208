"""Words that stand in private rows and nowhere else: who reads one has read the row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.cast import GUEST, STAFF, SUPERUSER

SKEW = frozenset({STAFF, SUPERUSER})
NOBODY: frozenset[str] = frozenset()
INVITED = SKEW | {GUEST}
#: Plain letters, so that it survives every field, sort key and search text; 16 of them, so that
#: it can be the secret of a second factor (base32), too.
_WORD = re.compile(r"kanarie[a-z]{9}")


@dataclass
class Canaries:
    """Each word with what it stands for and the roles that may read it."""

    known: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def mint(self, what: str, readers: frozenset[str] = SKEW) -> str:
        number = len(self.known)
        letters = "".join(chr(ord("a") + number // 26**place % 26) for place in range(9))
        word = f"kanarie{letters}"
        self.known[word] = (what, readers)
        return word

    def minter(self, whose: str, readers: frozenset[str] = SKEW) -> Callable[[str], str]:
        """Mints one for each field of a row."""
        return lambda name: self.mint(f"{whose}: {name}", readers)

    def foreign_to(self, role: str, content: str) -> list[str]:
        """What the text tells that is none of the role's business."""
        words = sorted(set(_WORD.findall(content.lower())))
        return [self.known[word][0] for word in words if role not in self.known[word][1]]


def without_canaries(text: str) -> str:
    """The same text for somebody who must not learn the words from us."""
    return _WORD.sub("vogel", text)
