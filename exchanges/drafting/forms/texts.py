"""Parts that are one text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.folding import sort_key
from partnerships.models import Department

from .base import LongText, PartForm


class NeedForm(PartForm):
    text = LongText(
        label=_("What we want to learn"),
        help_text=_("Where you stand, what is difficult, and what you want to do afterwards."),
    )
    departments = forms.MultipleChoiceField(
        label=_("Specialist departments that take part"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def build(self) -> None:
        departments: Any = self.fields["departments"]
        named = sorted(Department.objects.all(), key=lambda one: sort_key(one.name))
        departments.choices = [(one.slug, one.name) for one in named]


class OfferForm(PartForm):
    text = LongText(
        label=_("What we can show"),
        help_text=_("Places, projects and people that answer what the partner wants to learn."),
    )


class FollowUpForm(PartForm):
    text = LongText(
        label=_("What comes afterwards"),
        help_text=_("Who does what after the visit, and how others will hear of it."),
    )
