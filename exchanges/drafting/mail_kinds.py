"""The kinds of mail of this room, and the links they get just before they leave."""

from __future__ import annotations

from mailing.registry import Kind, register

KINDS: tuple[Kind, ...] = ()


def register_kinds() -> None:
    register(*KINDS)
