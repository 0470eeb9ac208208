"""The little markup of mail texts: paragraphs, lists, buttons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_BUTTON = re.compile(r"(\[\[[a-z_]+\]\]) (\S.*)")


@dataclass(frozen=True)
class Block:
    """One block; the lines of a button are its placeholder and its label."""

    kind: Literal["text", "list", "button"]
    lines: tuple[str, ...]

    def as_text(self) -> str:
        if self.kind == "button":
            return f"{self.lines[1]}: {self.lines[0]}"
        mark = "- " if self.kind == "list" else ""
        return "\n".join(mark + line for line in self.lines)


def split(text: str) -> list[Block]:
    """The blocks of ``text``: an empty line or another kind of line starts a new one.

    An indented line goes on with the list item before it.
    """
    blocks: list[Block] = []
    open_kind = ""
    for raw in text.splitlines():
        line = raw.strip()
        button = _BUTTON.fullmatch(line)
        kind = "button" if button else "list" if line.startswith("- ") else "text"
        content = button.groups() if button else (line.removeprefix("- "),)
        if not line:
            open_kind = ""
        elif open_kind == "list" and kind == "text" and raw.startswith(" "):
            *done, last = blocks[-1].lines
            blocks[-1] = Block("list", (*done, f"{last} {line}"))
        elif kind == open_kind and kind != "button":
            blocks[-1] = Block(kind, (*blocks[-1].lines, *content))  # type: ignore[arg-type]
        else:
            blocks.append(Block(kind, content))  # type: ignore[arg-type]
            open_kind = kind
    return blocks
