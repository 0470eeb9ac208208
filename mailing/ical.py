"""Filling placeholders in iCalendar texts, whose long lines are folded (RFC 5545, 3.1)."""

from __future__ import annotations

import re
from collections.abc import Callable

_FOLD = re.compile(r"\r?\n[ \t]")
LIMIT = 75


def fill_calendar(text: str, fill: Callable[[str], str]) -> str:
    """Unfold, fill each line, fold again; lines end with CRLF."""
    lines = _FOLD.sub("", text).splitlines()
    return "".join(_fold(fill(line)) + "\r\n" for line in lines)


def _fold(line: str) -> str:
    """Break ``line`` so that no piece has more than 75 octets, never within a character."""
    if len(line.encode()) <= LIMIT:
        return line
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LIMIT:
            pieces.append(piece)
            piece, size = "", 1
        piece += sign
        size += width
    return "\r\n ".join([*pieces, piece])
