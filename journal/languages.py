"""Texts come in both languages or in none."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_MISSING = {
    "de": _("Please enter the German text, too."),
    "en": _("Please enter the English text, too."),
}
_OTHER = {"de": "en", "en": "de"}


class BothLanguagesForm(forms.ModelForm):
    """Refuses a text that is there in one language only, beside the empty field."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name in list(self.fields):
            stem, _underscore, language = name.rpartition("_")
            twin = f"{stem}_{_OTHER.get(language, '')}"
            if language in _OTHER and twin in self.fields and self._is_one_sided(name, twin):
                self.add_error(name, forms.ValidationError(_MISSING[language], code="language"))
        return cleaned

    def _is_one_sided(self, name: str, twin: str) -> bool:
        """Whether ``name`` is empty (and not complained about yet) while its twin has a text."""
        empty = not self.cleaned_data.get(name) and name not in self.errors
        return empty and bool(self.cleaned_data.get(twin))
