"""The field in which people type a number to confirm: while empty, all see the same."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ..forms.event_changes import TypedNumberForm

register = template.Library()


@register.simple_tag
def typed_number(form: TypedNumberForm) -> SafeString:
    """What somebody typed is rendered for this page alone and never kept."""
    if form.is_bound:
        return form["number"].as_field_group()
    return _empty(type(form), get_language())


@lru_cache(maxsize=8)
def _empty(kind: type[TypedNumberForm], language: str) -> SafeString:
    return kind(people=0)["number"].as_field_group()
