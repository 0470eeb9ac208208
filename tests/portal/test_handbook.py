"""What the staff handbook puts in quotation marks is what the pages say."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.utils.translation import trans_real

#: Quoted, but no words of the portal's: examples, and labels the administration puts together.
NOT_LABELS = {
    "Anführungszeichen",
    "Inhaberin / Inhaber hinzufügen",
    "Sehr geehrte Frau Oberbürgermeisterin Dr. Lohmann,",
    "Umweltamt, Darmstadt",
    "Veranstaltung hinzufügen",
}


def texts() -> list[str]:
    """All German texts, the libraries' too; a placeholder is an ellipsis, as in the handbook."""
    catalogue = trans_real.translation("de")._catalog.items()
    return [re.sub(r"%(\(\w+\))?[sd]|\{\w+\}", "…", text).lower() for _, text in catalogue]


def quoted(handbook: str) -> set[str]:
    return set(re.findall(r"„([^“]+)“", handbook))


def unknown(handbook: str) -> set[str]:
    known = texts()
    return {words for words in quoted(handbook) if not any(words.lower() in text for text in known)}


def test_the_handbook_quotes_what_the_pages_say() -> None:
    handbook = Path(settings.BASE_DIR, "docs", "handbuch.md").read_text(encoding="utf-8")
    assert len(quoted(handbook)) > 50
    assert unknown(handbook) == NOT_LABELS


def test_a_label_that_no_page_has_is_noticed() -> None:
    """Negative control."""
    assert unknown("„Gästeliste“ und „An den Mond senden“") == {"An den Mond senden"}
