"""The forms of the personal page: without a word of their own, many guests share them."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language

from ..forms.answer import AnswerForm, Choices, OptOutForm

register = template.Library()


@register.simple_tag
def answer_fields(form: AnswerForm) -> str:
    """The fields of the answer, rendered once for all who are offered and ticked the same.

    What a guest typed is rendered for this guest alone and never kept.
    """
    if form.has_own_words:
        return _fields(form)
    initial = form.initial
    return _wordless_answer(form.offered, initial["choice"], initial["consented"], get_language())


@lru_cache(maxsize=256)
def _wordless_answer(offered: Choices, choice: str, consented: bool, language: str) -> str:
    return _fields(AnswerForm(offered=offered, initial={"choice": choice, "consented": consented}))


@register.simple_tag
def opt_out_fields(form: OptOutForm) -> str:
    return _fields(form) if form.is_bound else _blank_opt_out(get_language())


@lru_cache(maxsize=2)
def _blank_opt_out(language: str) -> str:
    return _fields(OptOutForm())


def _fields(form: AnswerForm | OptOutForm) -> str:
    return render_to_string("events/personal/_fields.html", {"form": form})
