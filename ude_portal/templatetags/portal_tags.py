"""What the shell needs: menu, language switch, page numbers, form fields in KERN's classes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils import translation
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .. import fragments

register = template.Library()

#: The main menu: label, URL name, arguments.
MENU = (
    (_("Town twinnings"), "partnerships:directory", ()),
    (_("Events"), "events:events", ()),
    (_("Expert exchanges"), "exchanges:calls", ()),
    (_("Topics and goals"), "goals", ()),
    (_("About UDE"), "pages:page", ("ueber-ude",)),
    (_("News"), "pages:news", ()),
)
#: Pages the footer leads to.
LEGAL = (
    (_("Who decides what"), "partnerships:glossary", ()),
    (_("Open data"), "partnerships:open_data", ()),
    (_("Imprint"), "pages:page", ("impressum",)),
    (_("Privacy notice"), "pages:page", ("datenschutz",)),
    (_("Which personal data we keep"), "privacy:inventory", ()),
    (_("Accessibility"), "pages:page", ("barrierefreiheit",)),
    (_("Easy language"), "pages:page", ("leichte-sprache",)),
)
#: Where the daily work of SKEW staff starts.
STAFF = (
    (_("Guests and invitations"), "events:events", ()),
    (_("What waits for us"), "partnerships:queue", ()),
    (_("Exchanges"), "exchanges:tasks", ()),
    (_("Imports"), "partnerships:imports", ()),
    (_("Outbox"), "mailing:outbox", ()),
    (_("Administration"), "admin:index", ()),
)
#: What people keep about their own account.
ACCOUNT = (
    (_("Profile"), "accounts:profile", ()),
    (_("E-mail addresses"), "account_email", ()),
    (_("Password"), "account_change_password", ()),
    (_("Second factor"), "mfa_index", ()),
)
MENUS = {"main": MENU, "legal": LEGAL, "staff": STAFF, "account": ACCOUNT}
INPUT_CLASSES = {
    "checkbox": "kern-form-check__checkbox",
    "radio": "kern-form-check__radio",
    "select": "kern-form-input__select",
}


@dataclass(frozen=True)
class Link:
    """One entry of a menu; ``current`` is the value of ``aria-current``, "" elsewhere."""

    label: Any
    url: str
    current: str = ""
    code: str = ""


@lru_cache(maxsize=32)
def _addresses(which: str, language: str) -> tuple[tuple[str, str], ...]:
    """Label and address of a menu's links in a language; pages that do not exist are left out."""
    found = []
    for label, name, args in MENUS[which]:
        try:
            found.append((str(label), reverse(name, args=args)))
        except NoReverseMatch:
            continue
    return tuple(found)


@register.simple_tag(takes_context=True)
def menu(context: Context, which: str = "main") -> tuple[Link, ...]:
    """The links of the menu ``main``, ``legal``, ``staff`` or ``account``."""
    request = context.get("request")
    path = request.path if request else ""
    return tuple(
        Link(label, url, "page" if path == url else "true" if path.startswith(url) else "")
        for label, url in _addresses(which, translation.get_language())
    )


@register.simple_tag
def kept(template: str, **values: Any) -> str:
    """``template`` with ``values`` alone, rendered once for each language and set of values.

    For parts that many requests share. Values are strings, numbers and tuples of them, since
    the value itself is the key: what changes is rendered anew, and nothing can be out of date.
    """
    return _rendered(template, translation.get_language(), tuple(sorted(values.items())))


@lru_cache(maxsize=256)
def _rendered(template: str, language: str, values: tuple[tuple[str, Any], ...]) -> str:
    return render_to_string(template, dict(values))


@dataclass(frozen=True)
class _Unfilled:
    """A field of a form nobody has filled yet; two of the same key look the same."""

    key: tuple[Any, ...]
    field: BoundField = dataclass_field(compare=False)


@register.simple_tag
def field_group(field: BoundField) -> SafeString:
    """``{{ field.as_field_group }}``, rendered once for all who get the same empty field.

    A field with a value, or of a form that was sent, is rendered for its reader alone.
    """
    value = field.value()
    if field.form.is_bound or not (value is False or value in (None, "", [])):
        return SafeString(field.as_field_group())
    shown = getattr(field.field.widget, "choices", ())
    choices = tuple((value, str(label)) for value, label in shown)
    said = (str(field.label), str(field.help_text), field.field.required)
    key = (type(field.form), field.html_name, *said, choices, translation.get_language())
    return _group(_Unfilled(key, field))


@lru_cache(maxsize=512)
def _group(unfilled: _Unfilled) -> SafeString:
    return SafeString(unfilled.field.as_field_group())


@register.simple_tag
def fragment(name: str, **values: Any) -> SafeString:
    """A part of ``templates/fragments`` with these values alone; see ``ude_portal.fragments``."""
    return SafeString(fragments.template(name).render(values))


@register.filter
def badge(text: str, kind: str) -> str:
    """``{{ text|badge:kind }}``: a badge of that colour; plain text without a kind."""
    return _badge(text, kind) if kind else text


@lru_cache(maxsize=256)
def _badge(text: str, kind: str) -> str:
    """The same few words stand in every row of a list."""
    return render_to_string("components/badge.html", {"text": text, "kind": kind})


@register.filter
def cells(values: Iterable[Any]) -> SafeString:
    """``{{ row|cells }}``: the plain cells of a long table's row, each value escaped."""
    return format_html_join("", "<td>{}</td>", ((value,) for value in values))


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[Link]:
    """The same page in each language; where there is none, that language's home page.

    Empty after a POST: switching would lose what was typed.
    """
    request: HttpRequest | None = context.get("request")
    if request is None or request.method not in {"GET", "HEAD"}:
        return []
    here, active = request.get_full_path(), translation.get_language()
    path, mark, query = here.partition("?")
    links = []
    for code, _name in settings.LANGUAGES:
        if code == active:
            url = here
        elif there := _same_page(path, active, code):
            url = f"{there}{mark}{query}"
        else:
            url = _home(code)
        name = translation.get_language_info(code)["name_local"].capitalize()
        links.append(Link(name, url, "true" if code == active else "", code))
    return links


@lru_cache(maxsize=1024)
def _same_page(path: str, active: str, code: str) -> str:
    """The page in another language; empty where its address is the same in all of them."""
    there = translate_url(path, code)
    return "" if there == path else there


@lru_cache(maxsize=8)
def _home(code: str) -> str:
    with translation.override(code):
        return reverse("home")


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | str]:
    """Numbers around the current page, gaps as "…"."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


#: ``{{ widget.attrs|flat }}``: attributes of an element, without a template for each of them.
register.filter("flat", flatatt)


@register.filter
def widget_type(field: BoundField) -> str:
    """How the field template lays a field out: checkbox, choices, select, file, input …"""
    widget = field.field.widget
    if field.use_fieldset and hasattr(widget, "optgroups"):
        return "choices"
    kind = getattr(widget, "input_type", None) or ("input" if field.use_fieldset else "textarea")
    multiple = getattr(widget, "allow_multiple_selected", False)
    return "list" if kind == "select" and multiple else kind


@register.filter
def kern(field: BoundField) -> SafeString:
    """The field's widget with KERN's classes; its own classes stay, a label as placeholder goes."""
    kind = widget_type(field)
    base = INPUT_CLASSES.get(kind, "kern-form-input__input")
    if kind == "list":
        base = "list"
    classes = [field.field.widget.attrs.get("class", ""), base]
    if field.errors:
        classes.append(f"{base}--error")
    attrs: dict[str, Any] = {"class": " ".join(filter(None, classes))}
    if field.field.widget.attrs.get("placeholder") == field.label:
        attrs["placeholder"] = False
    return field.as_widget(attrs=attrs)
