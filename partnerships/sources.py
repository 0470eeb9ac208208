"""Sources as readers see them: the usual ones in their language, all others as they stand."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

_PHRASES = {
    "Wikipedia twin-town lists 2026": _("lists of twin towns in Wikipedia (2026)"),
    "Wikidata P190 snapshot 2017": _("Wikidata (2017)"),
    "Wikidata, Wikipedia": _("Wikidata and Wikipedia"),
    "general knowledge": _("general knowledge"),
    "approximate": _("approximate"),
}


def source_text(source: str) -> str:
    """``Wikipedia twin-town lists 2026; year: koeln.de`` in the reader's language.

    Parts stand between semicolons; a part may begin with ``year:``, the source of the year.
    """
    return "; ".join(_part(part.strip()) for part in source.split(";") if part.strip())


def _part(part: str) -> str:
    if part.startswith("year:"):
        return str(_("year: %(source)s") % {"source": _phrase(part.removeprefix("year:").strip())})
    return _phrase(part)


def _phrase(phrase: str) -> str:
    return str(_PHRASES.get(phrase, phrase))
