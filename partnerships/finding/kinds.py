"""The four kinds of link by the RGRE, and what the partners' countries call them.

Source of the kinds: Rat der Gemeinden und Regionen Europas, deutsche Sektion. The words of
the USA follow Sister Cities International, those of the United Kingdom common usage; neither
country has kinds that match one to one, which ``NOTES`` says.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..models import Partnership

Kind = Partnership.Kind

#: Words in English for each kind, by country.
WORDS = {
    Kind.PARTNERSHIP: {"US": "sister city", "GB": "twin town, twinned with"},
    Kind.FRIENDSHIP: {"US": "friendship city", "GB": "friendship agreement, friendship link"},
    Kind.CONTACT: {"US": "informal tie, exchange", "GB": "contact, informal link"},
    Kind.PROJECT: {"US": "project partnership", "GB": "project partnership"},
}
NOTES = {
    Kind.PARTNERSHIP: _(
        "In the USA both councils pass a resolution and the heads of the cities sign. In the "
        "United Kingdom an association of citizens often carries the twinning."
    ),
    Kind.FRIENDSHIP: _("In the USA often the first step towards a sister city agreement."),
    Kind.CONTACT: _("No agreement, so no fixed word in either country."),
    Kind.PROJECT: _("Named after its project or its funding programme in both countries."),
}


class Explained(NamedTuple):
    """A kind as the glossary shows it; ``words`` are (country code, English words)."""

    value: str
    label: str
    meaning: str
    words: tuple[tuple[str, str], ...]
    note: str


def explained() -> list[Explained]:
    return [
        Explained(
            kind.value,
            str(capfirst(kind.label)),
            str(Partnership.KINDS_EXPLAINED[kind]),
            tuple(WORDS[kind].items()),
            str(NOTES[kind]),
        )
        for kind in Kind
    ]
