"""From a template to subject, text and HTML; the golden files are what people get."""

from __future__ import annotations

import html as html_module
import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from mailing.rendering import compose

HERE = Path(__file__).parent
CONTEXT = {"title": "Köln & <Partner>", "name": "O'Neill", "place": "[[answer]] <b>"}


@pytest.fixture(autouse=True)
def letters(settings):
    settings.SITE_URL = "https://ude.example"
    settings.OPERATOR = {
        "name": "Engagement Global <SKEW>",
        "address": "Allee 40, Bonn",
        "email": "ude@skew.example",
        "phone": "+49 228 1",
    }
    engine = dict(settings.TEMPLATES[0])
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], HERE / "templates"]}]


def letter(language: str) -> tuple[str, str, str]:
    return compose("letters/letter.txt", CONTEXT, language)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("part", "ending"), [(1, "txt"), (2, "html")])
def test_the_letter_is_what_the_golden_file_says(language, part, ending):
    golden = HERE / "golden" / f"letter.{language}.{ending}"
    assert letter(language)[part] == golden.read_text()


def test_the_subject_is_the_first_line_unescaped():
    assert letter("de")[0] == "Postausgang: Köln & <Partner>"
    assert letter("en")[0] == "Outbox: Köln & <Partner>"


@pytest.mark.parametrize("language", ["de", "en"])
def test_html_and_text_have_the_same_words(language):
    _, text, html = letter(language)
    body = re.sub(r"<title>.*?</title>", "", html)
    body = body.replace('<td class="head"', '<td hidden="').partition("Urban Diplomacy Exchange")[2]
    shown = html_module.unescape(re.sub(r"<[^>]+>", " ", body))
    label = "Adresse" if language == "de" else "Address"
    plain = text.replace(f"{label} & <mehr>: [[answer]]", f"{label} & <mehr>").replace("-- \n", "")
    assert re.sub(r"[\s-]+", "", shown) == re.sub(r"[\s-]+", "", plain)


def test_nothing_is_fetched_and_nothing_runs():
    html = letter("de")[2]
    assert (
        re.findall(r"<(?:img|script|link|style|iframe|form)\b|url\(|@import|\son\w+=", html) == []
    )


def test_a_placeholder_in_a_value_stays_words():
    _, text, html = letter("de")
    assert text.count("[[answer]]") == 1
    assert "- Ort: [ [answer]] <b>" in text
    assert "[ [answer]] &lt;b&gt;" in html


def test_the_active_language_is_left_as_it_was():
    with translation.override("en"):
        letter("de")
        assert translation.get_language() == "en"


def test_a_template_without_subject_is_refused():
    with pytest.raises(ImproperlyConfigured, match=r"nameless\.txt"):
        compose("letters/nameless.txt", {}, "de")
