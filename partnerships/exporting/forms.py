"""Which file, which columns, and what for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mailing.operations import one_line

from .lists import ListColumn, ListExport

FORMATS = [("xlsx", _("XLSX (Excel, LibreOffice)")), ("csv", _("CSV (semicolons, UTF-8)"))]


class ExportForm(forms.Form):
    """Personal columns are never ticked beforehand; with one of them a purpose is needed."""

    format = forms.ChoiceField(label=_("File"), choices=FORMATS, widget=forms.RadioSelect)
    columns = forms.MultipleChoiceField(
        label=_("Columns"), required=False, widget=forms.CheckboxSelectMultiple
    )
    personal = forms.MultipleChoiceField(
        label=_("Columns with personal data"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick only what you need, and delete the file when you are done with it."),
    )
    purpose = forms.CharField(
        label=_("What do you need the list for?"),
        required=False,
        max_length=200,
        help_text=_(
            "Needed for personal data. Stands in the journal with your name; "
            "please name no other person here."
        ),
    )

    def __init__(self, *args: Any, of: ListExport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        self._offer("columns", of.plain)
        self._offer("personal", of.personal)
        self.initial = {"format": "xlsx", "columns": [one.name for one in of.plain]}

    def _offer(self, name: str, columns: list[ListColumn]) -> None:
        field: Any = self.fields[name]
        field.choices = [(one.name, one.label) for one in columns]
        if not columns:
            del self.fields[name]

    def clean_purpose(self) -> str:
        return one_line(self.cleaned_data["purpose"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.ticked and not {"columns", "personal"} & set(self.errors):
            first = "columns" if "columns" in self.fields else "personal"
            self.add_error(
                first, ValidationError(_("Please choose at least one column."), code="none")
            )
        if cleaned.get("personal") and not cleaned.get("purpose") and "purpose" not in self.errors:
            self.add_error(
                "purpose",
                ValidationError(
                    _("You have chosen personal data. Please say what for."), code="required"
                ),
            )
        return cleaned

    @property
    def ticked(self) -> list[ListColumn]:
        """The chosen columns in the order of the list."""
        names = {*self.cleaned_data.get("columns", ()), *self.cleaned_data.get("personal", ())}
        return [one for one in self.of.columns if one.name in names]
