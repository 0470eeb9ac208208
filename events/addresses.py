"""Pasted lines: one person each, as an address or as words to search for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

_LANGUAGES = frozenset({"de", "en"})
_ANGLED = re.compile(r"(?P<name>[^<>]*)<(?P<email>[^<>]*)>")


@dataclass(frozen=True)
class Line:
    """One person of the pasted text; ``number`` is the line, counted from 1.

    Either ``email`` is set (``is_broken`` when it is no address) or ``query`` is.
    """

    number: int
    text: str
    name: str = ""
    email: str = ""
    query: str = ""
    language: str = ""

    @property
    def is_broken(self) -> bool:
        return bool(self.email) and not is_address(self.email)


def fold(email: str) -> str:
    """How addresses are compared and named: without blanks around, in lower case."""
    return email.strip().lower()


def is_address(email: str) -> bool:
    """Django's pattern alone would take some letters (ſ, the Kelvin sign) for ASCII."""
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= 254 and email.rpartition("@")[0].isascii()


def parse(text: str) -> list[Line]:
    """The people named in ``text``, empty lines left out.

    A line is "Erika Beispiel <e@stadt.example>", "e@stadt.example" or a name, city or function
    to look for; "; en" at its end gives the language. Several addresses in one line, as mail
    programs copy them, are separated by semicolons or commas.
    """
    lines: list[Line] = []
    for number, raw in enumerate(text.splitlines(), 1):
        pieces = [" ".join(piece.split()) for piece in raw.split(";")]
        for piece, follower in zip(pieces, [*pieces[1:], ""], strict=True):
            if piece and piece.lower() not in _LANGUAGES:
                language = follower.lower() if follower.lower() in _LANGUAGES else ""
                lines += [_line(number, part, language) for part in _parts(piece)]
    return lines


def _parts(piece: str) -> list[str]:
    """Split at commas, but only between addresses: "Beispiel, Erika <…>" is one person."""
    parts = [part.strip() for part in piece.split(",")]
    return parts if len(parts) > 1 and all("@" in part for part in parts) else [piece]


def _line(number: int, text: str, language: str) -> Line:
    if "@" not in text and "<" not in text:
        return Line(number, text, query=text, language=language)
    angled = _ANGLED.fullmatch(text)
    name = angled["name"].strip(" \"'") if angled else ""
    email = angled["email"] if angled else text
    return Line(number, text, name=name, email=email.strip() or text, language=language)
