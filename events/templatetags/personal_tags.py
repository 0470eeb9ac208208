"""The forms of the personal page: while nobody has filled them in, many guests share them."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language

from ..forms.answer import AnswerForm, Choices, OptOutForm

register = template.Library()


@register.simple_tag
def answer_fields(form: AnswerForm) -> str:
    """The fields of the answer; empty ones are rendered once for the choices they offer.

    What a guest typed or answered is rendered for this guest alone and never kept.
    """
    if form.is_blank:
        return _blank_answer(form.offered, get_language())
    return _fields(form)


@lru_cache(maxsize=256)
def _blank_answer(offered: Choices, language: str) -> str:
    return _fields(AnswerForm(offered=offered))


@register.simple_tag
def opt_out_fields(form: OptOutForm) -> str:
    return _fields(form) if form.is_bound else _blank_opt_out(get_language())


@lru_cache(maxsize=2)
def _blank_opt_out(language: str) -> str:
    return _fields(OptOutForm())


def _fields(form: AnswerForm | OptOutForm) -> str:
    return render_to_string("events/personal/_fields.html", {"form": form})
