"""The shell: components, form fields, menus, language switch, and what no template may hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import Context, engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from ude_portal.templatetags import portal_tags
from ude_portal.templatetags.portal_tags import (
    badge,
    cells,
    field_group,
    kept,
    kern,
    languages,
    menu,
    widget_type,
)

ROOT = Path(settings.BASE_DIR)
TEMPLATES = [
    path
    for path in sorted((ROOT / "templates").rglob("*.html"))
    if path.relative_to(ROOT).parts[1] != "mailing" or "layout" not in path.name
]
STYLES = sorted((ROOT / "static" / "portal").glob("*.css"))
FORBIDDEN = re.compile(
    r"""\sstyle=|\son[a-z]+=["']|<style|javascript:
        |(?:src|href|action)=["'](?:https?:)?//
        |<script(?![^>]*\ssrc=)(?![^>]*type="application/json")""",
    re.VERBOSE | re.IGNORECASE,
)


def render(source: str, **context: Any) -> str:
    return engines["django"].from_string(source).render(context)


def component(name: str, **context: Any) -> str:
    return render_to_string(f"components/{name}.html", context)


def at(path: str, method: str = "get") -> Context:
    request = getattr(RequestFactory(), method)(path)
    request.user = AnonymousUser()
    return Context({"request": request})


class SampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="Wie im Pass.")
    answer = forms.ChoiceField(
        label="Antwort", choices=[("yes", "Ja"), ("no", "Nein")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Notiz", required=False, widget=forms.Textarea)
    city = forms.ChoiceField(label="Stadt", choices=[("k", "Köln")])
    cities = forms.MultipleChoiceField(label="Städte", choices=[("k", "Köln")])
    consent = forms.BooleanField(label="Einverstanden")
    trail = forms.CharField(widget=forms.HiddenInput)


# Nothing inline, nothing foreign ---------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_holds_inline_code_or_a_foreign_address(path: Path) -> None:
    assert FORBIDDEN.findall(path.read_text()) == []


@pytest.mark.parametrize(
    "offence",
    [
        '<p style="color: red">',
        '<a onclick="go()">',
        "<style>p{}</style>",
        "<script>go()</script>",
        '<script src="https://cdn.example/x.js"></script>',
        '<img src="//cdn.example/x.png">',
        '<a href="javascript:go()">',
    ],
)
def test_the_guard_sees_what_it_must_see(offence: str) -> None:
    assert FORBIDDEN.search(offence)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_style_sheet_loads_anything(path: Path) -> None:
    assert re.findall(r"@import|url\(", path.read_text()) == []


# Components ------------------------------------------------------------------------------


def test_an_alert_with_a_title_has_a_body() -> None:
    html = component("alert", kind="danger", title="Halt", text="<b>Warum</b>")
    assert "kern-alert--danger" in html
    assert '<p class="kern-title">Halt</p>' in html
    assert "<p>&lt;b&gt;Warum&lt;/b&gt;</p>" in html


def test_an_alert_without_a_title_is_one_line() -> None:
    html = component("alert", text="Gespeichert.")
    assert "kern-alert--info" in html
    assert '<p class="alert__text">Gespeichert.</p>' in html
    assert "kern-alert__body" not in html


def test_a_badge_shows_kind_and_text() -> None:
    html = component("badge", kind="success", text="bestätigt")
    assert "kern-badge--success" in html
    assert "bestätigt" in html


def test_the_last_step_of_a_breadcrumb_is_no_link() -> None:
    html = component("breadcrumb", items=[("Verzeichnis", "/partnerships/"), ("Köln", "")])
    assert '<a href="/partnerships/">Verzeichnis</a>' in html
    assert '<span aria-current="page">Köln</span>' in html


def test_pagination_keeps_the_query() -> None:
    page = Paginator(range(50), 10).page(2)
    html = component("pagination", page=page, query="q=koeln&country=US")
    assert '<a rel="next" href="?q=koeln&amp;country=US&amp;page=3">' in html
    assert html.count('aria-current="page"') == 1


def test_one_page_needs_no_pagination() -> None:
    assert component("pagination", page=Paginator([1], 10).page(1)).strip() == ""


def test_far_pages_are_left_out() -> None:
    html = component("pagination", page=Paginator(range(500), 10).page(20), query="")
    assert html.count("pagination__gap") == 2
    assert 'href="?page=21"' in html


def test_facts_pair_labels_and_values() -> None:
    html = component("facts", items=[("Seit", 1979)])
    assert "<div><dt>Seit</dt><dd>1979</dd></div>" in html


@pytest.mark.parametrize(
    ("kind", "classes"),
    [
        ("", "kern-btn kern-btn--primary"),
        ("secondary", "kern-btn kern-btn--secondary"),
        ("danger", "kern-btn kern-btn--primary button--danger"),
    ],
)
def test_a_button_wears_its_kind(kind: str, classes: str) -> None:
    assert f'class="{classes}"' in component("confirm_button", label="Senden", kind=kind)


def test_an_empty_timeline_says_so() -> None:
    with translation.override("en"):
        assert "Nothing has happened yet." in component("timeline", entries=[])


# Goals -----------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_numbers_can_be_read_on_all_17_goal_colours() -> None:
    css = (ROOT / "static" / "portal" / "goals.css").read_text()
    grounds = dict(re.findall(r"\.goal--(\d+) \.goal__tile { background: (#\w{6}); }", css))
    white = re.findall(r"\.goal--(\d+)", css[: css.index("color: #fff")])
    assert len(grounds) == 17
    for number, ground in grounds.items():
        text = luminance("#ffffff" if number in white else "#131b22")
        low, high = sorted((text, luminance(ground)))
        assert (high + 0.05) / (low + 0.05) >= 4.5, f"goal {number}"


# Fields ----------------------------------------------------------------------------------


def test_a_field_ties_hint_and_error_to_its_input() -> None:
    html = str(SampleForm({})["name"].as_field_group())
    assert '<label class="kern-label" for="id_name">' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext">Wie im Pass.</div>' in html
    assert html.index("Wie im Pass.") < html.index("<input") < html.index('id="id_name_error"')


def test_choices_stand_in_a_fieldset_with_a_legend() -> None:
    html = str(SampleForm()["answer"].as_field_group())
    assert '<legend class="kern-label">Antwort' in html
    assert html.count('class="kern-form-check__radio"') == 2
    assert '<label class="kern-label" for="id_answer_1">Nein</label>' in html
    assert "checked" not in html


def test_a_chosen_value_stays_chosen() -> None:
    html = str(SampleForm({"answer": "no"})["answer"].as_field_group())
    assert re.search(r'value="no"[^>]* checked', html)
    assert not re.search(r'value="yes"[^>]* checked', html)


def test_only_optional_fields_are_marked() -> None:
    with translation.override("en"):
        marked = [field.name for field in SampleForm() if "(optional)" in field.as_field_group()]
    assert marked == ["note"]


def test_every_kind_of_widget_gets_its_class() -> None:
    form = SampleForm()
    kinds = {field.name: widget_type(field) for field in form}
    assert kinds == {
        "name": "text",
        "answer": "choices",
        "note": "textarea",
        "city": "select",
        "cities": "list",
        "consent": "checkbox",
        "trail": "hidden",
    }
    assert 'class="kern-form-input__select"' in kern(form["city"])
    assert 'class="kern-form-check__checkbox"' in kern(form["consent"])


def test_classes_of_the_widget_stay_and_a_label_as_placeholder_goes() -> None:
    form = SampleForm()
    form.fields["name"].widget.attrs = {"class": "wide", "placeholder": "Name"}
    html = kern(form["name"])
    assert 'class="wide kern-form-input__input"' in html
    assert "placeholder" not in html


def test_a_hidden_field_has_no_label() -> None:
    html = SampleForm()["trail"].as_field_group()
    assert "label" not in html
    assert 'type="hidden"' in html


def test_the_error_summary_links_to_inputs_that_exist() -> None:
    form = SampleForm({})
    html = component("error_summary", form=form)
    fields = "".join(str(field.as_field_group()) for field in form.visible_fields())
    targets = re.findall(r'href="#([^"]+)"', html)
    assert targets == ["id_name", "id_answer_0", "id_city", "id_cities", "id_consent"]
    assert [target for target in targets if f'id="{target}"' not in fields] == []


def test_a_form_without_errors_has_no_summary() -> None:
    assert component("error_summary", form=SampleForm()).strip() == ""


# Menus and languages ---------------------------------------------------------------------


def test_the_switch_leads_to_the_same_page_with_its_query() -> None:
    german, english = languages(at("/events/?year=2026"))
    assert (german.url, german.current) == ("/events/?year=2026", "true")
    assert (english.url, english.current, english.code) == ("/en/events/?year=2026", "", "en")


def test_the_switch_leads_back_from_english() -> None:
    with translation.override("en"):
        german, english = languages(at("/en/events/"))
    assert (german.url, german.current) == ("/events/", "")
    assert (english.url, english.current) == ("/en/events/", "true")


def test_an_unknown_address_switches_to_the_home_page() -> None:
    assert [link.url for link in languages(at("/nirgendwo/"))] == ["/nirgendwo/", "/en/"]


def test_nothing_to_switch_after_a_post_or_without_a_request() -> None:
    assert languages(at("/events/", "post")) == []
    assert languages(Context()) == []


def test_the_menu_marks_where_one_is() -> None:
    current = {link.url: link.current for link in menu(at("/events/tagung-2026/"))}
    assert current["/events/"] == "true"
    assert current["/partnerships/"] == ""
    assert {link.url: link.current for link in menu(at("/events/"))}["/events/"] == "page"


def test_an_address_that_does_not_exist_yet_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(portal_tags.MENUS, "new", (("Nirgends", "nowhere:at_all", ()),))
    assert menu(at("/"), "new") == ()


def test_kept_parts_follow_place_and_language() -> None:
    def navigation(path: str) -> str:
        return kept("components/navigation.html", links=menu(at(path)))

    home, events = navigation("/"), navigation("/events/")
    assert (home.count("aria-current"), events.count('aria-current="page"')) == (0, 2)
    assert navigation("/") == home
    with translation.override("en"):
        assert 'href="/en/events/"' in navigation("/en/")


def test_kept_parts_follow_their_values_and_escape_them() -> None:
    for name in ("Stadt Köln", "<Stadt Bonn>"):
        assert escape(name) in kept("components/footer.html", links=(), name=name)


class Colours(forms.Form):
    colour = forms.ChoiceField(label="Farbe", widget=forms.RadioSelect)

    def __init__(self, *choices: str, data: Any = None, **initial: str) -> None:
        super().__init__(data, initial=initial)
        self.fields["colour"].choices = [(choice, choice) for choice in choices]  # type: ignore[attr-defined]


def test_an_empty_field_looks_as_django_renders_it_and_is_rendered_once() -> None:
    portal_tags._group.cache_clear()
    html = field_group(Colours("rot", "blau")["colour"])
    assert html == Colours("rot", "blau")["colour"].as_field_group()
    assert field_group(Colours("rot", "blau")["colour"]) == html
    assert portal_tags._group.cache_info().hits == 1
    assert field_group(Colours("grün")["colour"]) == Colours("grün")["colour"].as_field_group()


@pytest.mark.parametrize(
    "form",
    [Colours("rot", data={"colour": "rot"}), Colours("rot", data={}), Colours("rot", colour="rot")],
)
def test_a_field_with_a_value_or_an_error_is_rendered_for_its_reader_alone(form: Colours) -> None:
    portal_tags._group.cache_clear()
    assert field_group(form["colour"]) == form["colour"].as_field_group()
    assert portal_tags._group.cache_info().misses == 0


def test_an_empty_field_follows_the_language() -> None:
    class Greeting(forms.Form):
        name = forms.CharField(label=gettext_lazy("Your name"))

    german = field_group(Greeting()["name"])
    with translation.override("en"):
        english = field_group(Greeting()["name"])
    assert ("Ihr Name" in german, "Your name" in english) == (True, True)


def test_cells_escape_each_value() -> None:
    assert cells(("<b>", 3, SafeString("<i>x</i>"))) == (
        "<td>&lt;b&gt;</td><td>3</td><td><i>x</i></td>"
    )


def test_a_badge_escapes_its_text_and_is_plain_without_a_kind() -> None:
    shown = badge("<b>", "danger")
    assert ("kern-badge--danger" in shown, "&lt;b&gt;" in shown, "<b>" in shown) == (
        True,
        True,
        False,
    )
    assert (badge("<b>", ""), isinstance(badge("<b>", ""), SafeString)) == ("<b>", False)


@pytest.mark.django_db
def test_a_page_with_a_query_keeps_it_in_the_other_language(client: Client) -> None:
    for query in ("", "?goal=11", "?goal=16&amp;q=a"):
        address = f"/goals/{query}".replace("&amp;", "&")
        assert f'href="/en/goals/{query}"' in client.get(address).content.decode()
