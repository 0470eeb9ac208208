"""What each part of an application holds: its values are read and written in one place.

Other rooms add their parts with ``register`` in their module of addresses.
"""

from __future__ import annotations

from . import basics, people, programme, purpose, texts
from .base import Content, Progress, Values, differing, filled

CONTENTS: dict[str, Content] = {
    "basics": basics.CONTENT,
    "purpose": purpose.CONTENT,
    "need": texts.NEED,
    "offer": texts.OFFER,
    "people": people.CONTENT,
    "programme": programme.CONTENT,
    "follow_up": texts.FOLLOW_UP,
}


def register(key: str, content: Content) -> None:
    CONTENTS[key] = content


__all__ = ["CONTENTS", "Content", "Progress", "Values", "differing", "filled", "register"]
