"""House style as far as a machine can see it; each rule is also tried on an invented breach."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib import admin

from journal.admin import ReadOnlyAdmin, VersionedAdmin
from journal.versions import VersionedModel

from .source_files import APPS, ROOT, functions, name, python_files, templates, text

#: Functions beside operations that run inside their caller's transaction, whose subject comes
#: first by contract, or that only read.
PART_OF_AN_OPERATION = {
    "exchanges/deciding/operations/drafting.py: conflict",
    "exchanges/deciding/operations/releasing.py: check_release",
    "exchanges/pipeline/operations.py: prospect_of",
    "events/operations/answering.py: tell_promoted",
    "events/operations/inviting.py: complete",
    "events/operations/inviting.py: new_invitation",
    "events/operations/inviting.py: rewrite_waiting",
    "journal/operations.py: record",
    "journal/operations.py: record_all",
    "mailing/operations.py: block",
    "mailing/operations.py: blocked",
    "mailing/operations.py: cancel_about",
    "mailing/operations.py: enqueue",
    "mailing/operations.py: enqueue_all",
    "mailing/operations.py: fold",
    "mailing/operations.py: hold",
    "mailing/operations.py: one_line",
    "mailing/operations.py: unblock",
    "partnerships/operations.py: refresh",
}
#: One transaction for each rule or partnership, so that one that breaks stops no other.
MANY_TRANSACTIONS = {
    "events/operations/reminding.py: remind",
    "partnerships/confirming/operations/yearly.py: ask_yearly",
    "partnerships/confirming/operations/yearly.py: let_lapse",
    "partnerships/confirming/operations/yearly.py: remind",
}
#: Templates of mails: their style is inlined, since mail programs load no style sheets.
MAIL_TEMPLATES = ("templates/mailing/layout.html",)
#: Where columns rendered and cleaned by ``pages.rendering`` are shown, help texts from our own
#: code, markup made of escaped parts, and fragments, which Jinja2 has escaped.
MAY_BE_SAFE = {
    "mailing/rendering.py",
    "templates/django/forms/hint.html",
    "templates/events/_event_facts.html",
    "templates/events/personal/_event_text.html",
    "templates/exchanges/calls/call.html",
    "templates/exchanges/deciding/decide.html",
    "templates/exchanges/deciding/letter.html",
    "templates/exchanges/deciding/letter_pdf.html",
    "templates/pages/news_item.html",
    "templates/pages/page.html",
    "ude_portal/templatetags/portal_tags.py",
}
#: Mail programs post to it by themselves (RFC 8058); the token in the address is the permission.
NEEDS_NO_TOKEN = {"templates/events/personal/unsubscribe.html"}

HTML = [path for path in templates() if path.suffix == ".html"]
PAGES = [path for path in HTML if name(path) not in MAIL_TEMPLATES]


def long_functions(source: str, limit: int) -> list[str]:
    return [
        f"{node.name}: {length} lines"
        for node in functions(source)
        if (length := (node.end_lineno or 0) - node.lineno + 1) > limit
    ]


def long_tests(source: str) -> list[str]:
    return [line for line in long_functions(source, 25) if line.startswith("test_")]


def is_long(limit: int) -> Callable[[str], list[str]]:
    return lambda source: [f"{n} lines"] if (n := source.count("\n")) > limit else []


def inline_style_or_script(source: str) -> list[str]:
    patterns = (
        r"<style\b",
        r"<script(?![^>]*\bsrc=)[^>]*>",
        r"\sstyle\s*=",
        r"<[a-z][^>]*\son[a-z]+\s*=\s*[\"']",
        r"javascript:",
    )
    return [found for p in patterns for found in re.findall(p, source, re.IGNORECASE)]


def unescaped(source: str) -> list[str]:
    return re.findall(r"\bmark_safe\b|\bSafeString\(|\|\s*safe\b|autoescape\s+off", source)


def third_party_loads(source: str) -> list[str]:
    """Hosts a page or style sheet would load something from; plain links are fine."""
    without_links = re.sub(r"<a\b[^>]*>", "", source)
    pattern = r"(?:src|srcset|href|action|data|poster)\s*=\s*[\"']((?:https?:)?//[^\"']+)"
    css = r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')]+)"
    return re.findall(pattern, without_links) + re.findall(css, source)


def posts_without_token(source: str) -> list[str]:
    forms = re.findall(r"<form\b[^>]*method=[\"']?post.*?</form>", source, re.S | re.IGNORECASE)
    return [form.splitlines()[0] for form in forms if "csrf_token" not in form]


def pages_without_title(source: str) -> list[str]:
    is_page = re.search(r"{% extends [\"']base(_bare)?\.html[\"'] %}", source)
    return ["no title"] if is_page and "{% block title %}" not in source else []


#: In halves, so that this file does not report itself.
UNFINISHED = "|".join(first + second for first, second in (("TO", "DO"), ("FIX", "ME")))


def unfinished(source: str) -> list[str]:
    return re.findall(rf"\b(?:{UNFINISHED})\b", source)


def loose_operations(source: str) -> list[str]:
    """Public functions of an operations module that take positions or open no transaction."""
    return [
        node.name
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and (node.args.args or "transaction.atomic" not in map(ast.unparse, node.decorator_list))
    ]


def breaches(files: list[Path], rule: Callable[[str], list[str]]) -> list[str]:
    return [f"{name(path)}: {found}" for path in files for found in rule(text(path))]


def operations() -> list[Path]:
    return [p for p in python_files(*APPS) if p.stem == "operations" or "operations" in p.parts]


def test_functions_are_short() -> None:
    assert breaches(python_files(*APPS), lambda source: long_functions(source, 50)) == []


def test_modules_are_short() -> None:
    assert breaches(python_files(*APPS, "tests"), is_long(400)) == []


def test_templates_are_short() -> None:
    assert breaches(templates(), is_long(150)) == []


def test_tests_are_short() -> None:
    assert breaches(python_files("tests"), long_tests) == []


def test_templates_have_no_inline_style_or_script() -> None:
    assert breaches(PAGES, inline_style_or_script) == []


def test_markup_is_escaped_except_where_it_was_rendered_safely() -> None:
    files = [p for p in (*HTML, *python_files(*APPS)) if name(p) not in MAY_BE_SAFE]
    assert breaches(files, unescaped) == []


def test_the_list_of_rendered_columns_is_not_longer_than_needed() -> None:
    assert sorted(one for one in MAY_BE_SAFE if not unescaped(text(ROOT / one))) == []


def test_nothing_is_loaded_from_elsewhere() -> None:
    own_styles = [p for p in (ROOT / "static").rglob("*.css") if "vendor" not in p.parts]
    assert breaches([*HTML, *own_styles], third_party_loads) == []


def test_every_form_that_posts_has_a_token() -> None:
    files = [path for path in HTML if name(path) not in NEEDS_NO_TOKEN]
    assert breaches(files, posts_without_token) == []


def test_every_page_has_a_title() -> None:
    pages = [path for path in HTML if not path.stem.startswith("base")]
    assert breaches(pages, pages_without_title) == []


def test_nothing_is_left_unfinished() -> None:
    assert breaches([*templates(), *python_files(*APPS, "tests")], unfinished) == []


def test_operations_take_names_only_and_open_a_transaction() -> None:
    excepted = PART_OF_AN_OPERATION | MANY_TRANSACTIONS
    found = set(breaches(operations(), loose_operations))
    assert sorted(found - excepted) == []
    assert sorted(excepted - found) == []


def test_versioned_rows_are_edited_with_their_version() -> None:
    wrong = [
        model.__name__
        for model, model_admin in admin.site._registry.items()
        if issubclass(model, VersionedModel)
        and not isinstance(model_admin, VersionedAdmin | ReadOnlyAdmin)
    ]
    assert wrong == []


def long_source(lines: int) -> str:
    return "def test_x():\n" + "    pass\n" * lines


def negative_controls() -> Iterator[tuple[Callable[[str], list[str]], str]]:
    yield lambda source: long_functions(source, 50), long_source(50)
    yield long_tests, long_source(25)
    yield is_long(400), "\n" * 401
    yield inline_style_or_script, '<p style="color: red">'
    yield inline_style_or_script, "<style>p {}</style>"
    yield inline_style_or_script, "<script>alert(1)</script>"
    yield inline_style_or_script, '<button type="button" onclick="go()">'
    yield unescaped, "{{ text|safe }}"
    yield unescaped, "{% autoescape off %}"
    yield unescaped, "return mark_safe(text)"
    yield third_party_loads, '<script src="https://cdn.example/x.js"></script>'
    yield third_party_loads, '<link rel="stylesheet" href="//fonts.example/css">'
    yield third_party_loads, '@import "https://fonts.example/css";'
    yield third_party_loads, "body { background: url(https://images.example/a.png) }"
    yield posts_without_token, '<form method="post" novalidate>\n<button></button></form>'
    yield pages_without_title, '{% extends "base.html" %}{% block content %}{% endblock %}'
    yield unfinished, "# " + UNFINISHED.partition("|")[0]
    yield loose_operations, "@transaction.atomic\ndef invite(event, *, by): ..."
    yield loose_operations, "def invite(*, event, by): ..."


@pytest.mark.parametrize(("rule", "source"), list(negative_controls()))
def test_a_breach_is_noticed(rule: Callable[[str], list[str]], source: str) -> None:
    assert rule(source) != []


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (inline_style_or_script, '<script src="/static/x.js" defer></script>'),
        (third_party_loads, '<a href="https://www.skew.example/">SKEW</a>'),
        (posts_without_token, '<form method="post">{% csrf_token %}</form>'),
        (posts_without_token, '<form method="get"></form>'),
        (pages_without_title, "<p>fragment</p>"),
        (loose_operations, "@transaction.atomic\ndef invite(*, event, by): ...\ndef _x(a): ..."),
        (long_tests, "def helper():\n" + "    pass\n" * 30),
    ],
)
def test_what_is_fine_is_not_reported(rule: Callable[[str], list[str]], source: str) -> None:
    assert rule(source) == []
