"""The forms of the import wizard."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .importing.columns import FIELDS, REQUIRED, column_name
from .importing.reading import ENCODINGS, LARGEST, SEPARATORS
from .models import Import, ImportRow

ANY = ("", _("all"))


class UploadForm(forms.Form):
    """A file and where it comes from; whether it is a table is for the operation to say."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX or CSV, at most 10 MB and 20,000 rows. Macros are refused."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Everybody reads it beside each new partnership, for example “RGRE 2023”."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(_("The file is larger than 10 MB."), code="size")
        return file


class ReadingForm(forms.Form):
    """How the bytes of a text file become cells, and where the headings stand."""

    encoding = forms.ChoiceField(label=_("Encoding"), choices=list(ENCODINGS.items()))
    separator = forms.ChoiceField(label=_("Separator"), choices=list(SEPARATORS.items()))
    header = forms.IntegerField(label=_("Line with the headings"), min_value=1, max_value=1_000_000)

    def __init__(self, *args: Any, draft: Import, **kwargs: Any) -> None:
        values = {name: getattr(draft, name) for name in ("encoding", "separator", "header")}
        super().__init__(*args, initial=values, **kwargs)
        if draft.sheet:
            del self.fields["encoding"], self.fields["separator"]

    @property
    def chosen(self) -> dict[str, Any]:
        return {"encoding": "", "separator": "", **self.cleaned_data}


class ColumnsForm(forms.Form):
    """For each field the column it is read from; a column serves one field."""

    def __init__(self, *args: Any, draft: Import, **kwargs: Any) -> None:
        super().__init__(*args, initial=draft.columns, **kwargs)
        columns = [(n, column_name(n, heading)) for n, heading in enumerate(draft.headings)]
        for name, label in FIELDS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                required=name in REQUIRED,
                choices=[("", _("not in this file")), *columns],
                coerce=int,
                empty_value=None,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: dict[int, str] = {}
        for name, column in list(cleaned.items()):
            if column is not None and seen.setdefault(column, name) != name:
                self.add_error(name, ValidationError(_("This column is used twice."), code="twice"))
        return cleaned

    @property
    def columns(self) -> dict[str, int]:
        return {name: n for name, n in self.cleaned_data.items() if n is not None}


class RowFilter(forms.Form):
    """Which rows of the dry run are shown; it lives in the address."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[ANY, *ImportRow.Outcome.choices]
    )

    @property
    def chosen(self) -> str:
        """A wrong value shows its error and filters nothing."""
        return self.cleaned_data.get("outcome", "") if self.is_valid() else ""
