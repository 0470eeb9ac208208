"""Small parts of hot pages, written for Jinja2, which compiles them to Python.

They stand in ``templates/fragments`` and take plain values; pages fetch them with
``{% fragment "guest_rows.html" rows=rows %}``. Everything is escaped, texts are ``_("…")``.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from django.template import engines
from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language, gettext
from jinja2 import Environment, StrictUndefined


def environment(**options: Any) -> Environment:
    """What the fragments know besides their values; a misspelt value is an error."""
    ours = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**{**options, **ours})  # noqa: S701 (autoescape is among Django's options)
    made.globals.update(_=gettext, url=address, short_date=short_date)
    return made


def address(name: str, *arguments: str) -> str:
    """Where a page stands in the reader's language; for the few that many pages lead to."""
    return _address(name, arguments, get_language())


@lru_cache(maxsize=64)
def _address(name: str, arguments: tuple[str, ...], language: str) -> str:
    return reverse(name, args=arguments)


def short_date(day: dt.date) -> str:
    return formats.date_format(day, "SHORT_DATE_FORMAT")


@lru_cache(maxsize=64)
def template(name: str) -> Any:
    """The compiled fragment; ``render`` takes its values."""
    return engines["fragments"].get_template(name)
