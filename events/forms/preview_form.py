"""Whose mail a preview shows."""

from __future__ import annotations

from django import forms
from django.conf import settings

from partnerships.models import Partnership

from ..models import Right


class PreviewForm(forms.Form):
    """``to`` is a recipient's key; the rest shows them as the preflight had them."""

    LANGUAGES = settings.LANGUAGES

    to = forms.CharField(max_length=300)
    name = forms.CharField(max_length=150, required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
    right = forms.ChoiceField(choices=Right.choices, required=False)
    partnership = forms.ModelChoiceField(Partnership.objects.all(), required=False)
