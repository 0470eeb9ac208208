"""Title, form, place and dates: columns of the application itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ...models import Application, Section
from ..pieces import Piece
from .base import Content, Values

FIELDS = ("title", "format", "destination_id", "starts_on", "ends_on", "commitment_id")


def read(piece: Piece) -> Values:
    application = piece.application
    return {name.removesuffix("_id"): getattr(application, name) for name in FIELDS}


def write(piece: Piece, section: Section, values: Values) -> None:
    application = piece.application
    for name in FIELDS:
        setattr(application, name, values.get(name.removesuffix("_id")) or None)
    application.title = values.get("title") or ""
    application.format = values.get("format") or Application.Format.IN_PERSON
    application.save(update_fields=FIELDS)


def _wanted(piece: Piece) -> tuple[str, ...]:
    place = () if piece.application.is_virtual else ("destination",)
    return ("title", *place, "starts_on", "ends_on")


CONTENT = Content(
    read,
    write,
    _wanted,
    {
        "title": _("title"),
        "format": _("form of the exchange"),
        "destination": _("city to be visited"),
        "starts_on": _("first day"),
        "ends_on": _("last day"),
        "commitment": _("commitment"),
    },
)
