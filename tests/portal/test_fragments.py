"""Parts written for Jinja2: escaped, in the reader's language, and strict about their values."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from jinja2 import UndefinedError

from ude_portal import fragments
from ude_portal.templatetags.portal_tags import fragment

FOLDER = Path(settings.BASE_DIR) / "templates" / "fragments"


def test_values_are_escaped() -> None:
    shown = fragment("breadcrumb.html", items=[("<b>Köln</b>", '"/köln'), ("A & B", "")])
    assert '<a href="&#34;/köln">&lt;b&gt;Köln&lt;/b&gt;</a>' in shown
    assert '<span aria-current="page">A &amp; B</span>' in shown


def test_texts_and_addresses_follow_the_language() -> None:
    german = fragment("breadcrumb.html", items=[])
    with translation.override("en"):
        english = fragment("breadcrumb.html", items=[])
    assert ('<a href="/">' in german, "You are here" in german) == (True, False)
    assert ('<a href="/en/">Home</a>' in english, "You are here" in english) == (True, True)


def test_a_missing_value_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(UndefinedError):
        fragment("breadcrumb.html")


@pytest.mark.parametrize("name", [path.name for path in sorted(FOLDER.glob("*.html"))])
def test_every_fragment_compiles(name: str) -> None:
    assert fragments.template(name) is fragments.template(name)


def test_no_fragment_trusts_a_value() -> None:
    sources = [path.read_text() for path in FOLDER.glob("*.html")]
    assert len(sources) >= 4
    assert [source for source in sources if "safe" in source or "autoescape" in source] == []
