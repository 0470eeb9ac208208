"""Texts are found without gettext's tools, and every one of them has a German translation."""

from __future__ import annotations

import json
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.template import Context, Template
from django.utils import translation

from ude_portal.messages import (
    Text,
    collect,
    fill,
    merge,
    problems,
    texts_in_python,
    texts_in_template,
    translations,
)

CATALOGUE = settings.BASE_DIR / "locale/de/LC_MESSAGES/django.po"


def test_every_text_has_a_german_translation() -> None:
    assert problems(polib.pofile(str(CATALOGUE)), collect(settings.BASE_DIR)) == []


def test_the_catalogue_holds_exactly_the_texts_in_use() -> None:
    kept = polib.pofile(str(CATALOGUE))

    fresh = merge(kept, collect(settings.BASE_DIR))

    assert [entry.msgid for entry in kept] == [entry.msgid for entry in fresh]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("gettext('City')", Text("City")),
        ("translation.gettext('City')", Text("City")),
        ("_('Two ' 'halves')", Text("Two halves")),
        ("ngettext('%(n)d city', '%(n)d cities', n)", Text("%(n)d city", "%(n)d cities")),
        ("pgettext('month', 'May')", Text("May", context="month")),
        ("npgettext('seat', 'one', 'many', n)", Text("one", "many", "seat")),
        ("__('Renamed')", Text("Renamed")),
    ],
)
def test_calls_in_python_are_found(source: str, text: Text) -> None:
    imports = "from django.utils.translation import gettext_lazy as _, gettext as __\n"

    assert list(texts_in_python(imports + source)) == [text]


@pytest.mark.parametrize("source", ["gettext(name)", "_('not imported')", "print('City')"])
def test_other_calls_in_python_are_left_alone(source: str) -> None:
    assert list(texts_in_python(source)) == []


def test_an_f_string_is_refused_with_its_line() -> None:
    with pytest.raises(ValueError, match="line 2: an f-string cannot be translated"):
        list(texts_in_python("\ngettext(f'{count} cities')"))


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('{% translate "City" %}', [Text("City")]),
        ('{% translate "City" as label %}', [Text("City")]),
        ("{% trans 'May' context 'month' %}", [Text("May", context="month")]),
        ("{% translate label %}", []),
        ('{% include "x.html" with label=_("City") only %}', [Text("City")]),
        ('{{ value|default:_("none") }}', [Text("none")]),
        ("{% comment %}{% translate 'old' %}{% endcomment %}", []),
        ('{# {% translate "old" %} #}', []),
        ("{% blocktranslate %}A {{ b }} c{% endblocktranslate %}", [Text("A %(b)s c")]),
        ("{% blocktranslate trimmed %}\n  A\n  b\n{% endblocktranslate %}", [Text("A b")]),
        ("{% blocktrans count n=x %}one{% plural %}many{% endblocktrans %}", [Text("one", "many")]),
    ],
)
def test_tags_in_templates_are_found(source: str, texts: list[Text]) -> None:
    assert list(texts_in_template(source)) == texts


def test_an_unclosed_block_is_refused() -> None:
    with pytest.raises(ValueError, match="endblocktranslate"):
        list(texts_in_template("{% blocktranslate %}A"))


def test_extracted_texts_are_the_keys_django_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    source = (
        "{% load i18n %}{% blocktranslate trimmed count n=n %} 100 % of\n {{ n }} city"
        '{% plural %} {{ n }} cities{% endblocktranslate %}{% translate "50 %" %}'
    )
    asked = []
    trans = translation._trans  # type: ignore[attr-defined]
    monkeypatch.setattr(trans, "gettext", lambda text: asked.append(text) or text)
    monkeypatch.setattr(trans, "ngettext", lambda one, many, n: asked.append(one) or one)

    Template(source).render(Context({"n": 1}))

    assert [text.msgid for text in texts_in_template(source)] == asked


def write(root: Path, name: str, content: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


def test_texts_are_collected_from_packages_and_templates_only(tmp_path: Path) -> None:
    write(tmp_path, "app/__init__.py", "")
    write(tmp_path, "app/models.py", "gettext('City')")
    write(tmp_path, "app/migrations/0001_initial.py", "gettext('Old')")
    write(tmp_path, "templates/city.html", '{% translate "City" %}')
    write(tmp_path, "tests/__init__.py", "gettext('Test')")

    assert collect(tmp_path) == {Text("City"): ["app/models.py", "templates/city.html"]}


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, "app/__init__.py", "gettext(")

    with pytest.raises(ValueError, match=r"app/__init__\.py"):
        collect(tmp_path)


def test_merging_keeps_translations_and_drops_unused_ones() -> None:
    old = merge(polib.POFile(), {Text("Gone"): ["a.py"], Text("City"): ["a.py"]})
    fill(old, {"Gone": "Weg", "City": "Stadt"})

    merged = merge(old, {Text("City"): ["b.py"], Text("Alpha"): ["b.py"]})

    assert [(entry.msgid, entry.msgstr) for entry in merged] == [("Alpha", ""), ("City", "Stadt")]


def test_filling_leaves_filled_entries_and_reports_unused_keys() -> None:
    catalogue = merge(polib.POFile(), {Text("City"): ["a.py"], Text("one", "many"): ["a.py"]})
    fill(catalogue, {"City": "Stadt"})

    given = {"City": "Ort", "one": ["eins", "viele"], "Unknown": "Unbekannt"}

    assert fill(catalogue, given) == (1, ["Unknown"])
    assert [translations(entry) for entry in catalogue] == [["Stadt"], ["eins", "viele"]]
    assert fill(catalogue, given, overwrite=True) == (1, ["Unknown"])
    assert translations(catalogue[0]) == ["Ort"]


def test_a_plural_text_with_one_form_stays_empty() -> None:
    catalogue = merge(polib.POFile(), {Text("one", "many"): ["a.py"]})

    assert fill(catalogue, {"one": "eins"}) == (0, [])
    assert translations(catalogue[0]) == ["", ""]


@pytest.mark.parametrize(
    ("text", "german", "fault"),
    [
        (Text("%(n)s of %(m)s"), "%(m)s: %(n)s", []),
        (Text("%(n)s"), "%(m)s", ["other placeholders"]),
        (Text("{place} %s"), "{place}", ["other placeholders"]),
        (Text("City"), "", ["no German translation"]),
        (Text("one", "%(n)s many"), ["ein", "%(n)s viele"], []),
        (Text("one", "%(n)s many"), ["ein", "viele"], ["other placeholders"]),
    ],
)
def test_faults_are_named(text: Text, german: str | list[str], fault: list[str]) -> None:
    found = {text: ["a.py"]}
    catalogue = merge(polib.POFile(), found)
    fill(catalogue, {text.msgid: german} if german else {})

    sentences = problems(catalogue, found)

    assert len(sentences) == len(fault)
    assert all(part in sentence for part, sentence in zip(fault, sentences, strict=True))


def test_a_text_that_is_not_in_the_catalogue_is_a_fault() -> None:
    assert problems(polib.POFile(), {Text("City"): ["a.py"]}) == [
        "a.py: “City” is not in the catalogue (run make messages)"
    ]


def test_the_command_collects_fills_and_checks(tmp_path: Path, settings, capsys) -> None:
    settings.BASE_DIR = tmp_path
    write(tmp_path, "app/__init__.py", "gettext('City')")
    write(tmp_path, "de.json", json.dumps({"City": "Stadt", "Old": "Alt"}))

    call_command("messages")
    with pytest.raises(CommandError, match="1 texts are not ready"):
        call_command("messages", "--check")
    call_command("messages", "--fill", str(tmp_path / "de.json"))
    call_command("messages", "--check")

    assert "not used: Old" in capsys.readouterr().out


def test_a_broken_fill_file_changes_nothing(tmp_path: Path, settings) -> None:
    settings.BASE_DIR = tmp_path
    write(tmp_path, "de.json", "{")

    with pytest.raises(CommandError, match="cannot be read as JSON"):
        call_command("messages", "--fill", str(tmp_path / "de.json"))
    assert not (tmp_path / "locale").exists()
