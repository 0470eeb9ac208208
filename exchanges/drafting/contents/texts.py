"""Parts that are one text, kept in the section itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ...models import Section
from ..pieces import Piece
from .base import Content, Values


def _content(*names: str) -> Content:
    def read(piece: Piece) -> Values:
        stored = piece.section.content if piece.section else {}
        return {name: stored[name] for name in names if name in stored}

    def write(piece: Piece, section: Section, values: Values) -> None:
        section.content = {name: values[name] for name in names if values.get(name)}

    words = {"text": _("text"), "departments": _("departments")}
    return Content(read, write, lambda piece: names, words)


#: ``departments`` holds short names of the catalogue.
NEED = _content("text", "departments")
OFFER = _content("text")
FOLLOW_UP = _content("text")
