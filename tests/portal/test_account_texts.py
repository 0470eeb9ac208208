"""Nobody is called “du” on pages about accounts, which allauth renders."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import allauth
import polib
import pytest
from django.utils import translation

#: allauth's own mails, templates we replace, and parts of it that are switched off here.
ELSEWHERE = re.compile(
    r"/email/|phone|email_change|email_confirm\.html|from_key|login\.html|signup"
)
FAMILIAR = re.compile(r"\b(du|dein\w*|dir|dich|lass|gib|bestätige)\b", re.IGNORECASE)


def shown() -> list[str]:
    """Every text of allauth's pages about accounts and second factors."""
    path = Path(allauth.__file__).parent / "locale/de/LC_MESSAGES/django.po"
    return [
        entry.msgid
        for entry in polib.pofile(str(path))
        if any(_is_shown(place) for place, _line in entry.occurrences)
    ]


def _is_shown(place: str) -> bool:
    ours = re.match(r"(templates/)?(account|mfa)/", place)
    return bool(ours) and not ELSEWHERE.search(place)


def test_allauth_itself_says_du() -> None:
    """Negative control: without our catalogue there would be such texts."""
    path = Path(allauth.__file__).parent / "locale/de/LC_MESSAGES/django.po"
    theirs = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}
    assert len([text for text in shown() if FAMILIAR.search(theirs[text])]) > 10


@pytest.mark.parametrize("text", [one for one in shown() if one])
def test_pages_about_accounts_say_sie(text: Any) -> None:
    with translation.override("de"):
        assert not FAMILIAR.search(translation.gettext(text))
