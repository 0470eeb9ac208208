"""Title, form of the exchange, place, dates and the commitment it follows from."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from journal.pickers import DateInput

from ...models import Application
from ...sections import parties_of
from ..self_check import from_self_check
from .base import OneLine, PartForm


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DateInput, **kwargs)


def choice(label: Any, choices: list[tuple[Any, Any]], **kwargs: Any) -> forms.TypedChoiceField:
    """A select of primary keys with an empty first line."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", NO_CHOICE), *choices],
        coerce=int,
        empty_value=None,
        required=False,
        **kwargs,
    )


NO_CHOICE = "–"


class BasicsForm(PartForm):
    title = OneLine(label=_("Title"), max_length=200, help_text=_("What it is about, in one line."))
    format = forms.ChoiceField(
        label=_("How you meet"),
        choices=Application.Format.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))

    def build(self) -> None:
        application = self.piece.application
        call = application.call
        if not call.allows_virtual and application.format != Application.Format.VIRTUAL:
            del self.fields["format"]
        cities = [(party.city_id, party.city.name) for party in parties_of(application)]
        self.fields["destination"] = choice(_("City to be visited"), cities)
        promised = application.partnership.commitments.select_related("party__city")
        promised = promised.filter(Q(state="open") | Q(pk=application.commitment_id)).in_order()
        choices = [(one.pk, f"{one.party.city.name}: {one.text}") for one in promised]
        if choices:
            self.fields["commitment"] = choice(_("Follows from this commitment"), choices)
        self.fields["starts_on"].help_text = _(
            "Visits are possible from %(first)s to %(last)s."
        ) % {
            "first": day(call.travel_from),
            "last": day(call.travel_until),
        }
        self.fields["ends_on"].help_text = self._about_length()
        self.order_fields(["title", "format", "destination", "starts_on", "ends_on"])

    def _about_length(self) -> Any:
        call = self.piece.application.call
        limits = {"least": call.min_days, "most": call.max_days}
        told = _("A visit lasts %(least)s to %(most)s days, both days of travel included.") % limits
        planned = from_self_check(self.piece.application.self_check)["days"]
        if not planned or self.piece.application.days:
            return told
        hint = ngettext(
            "In the self-check you planned %(days)s day.",
            "In the self-check you planned %(days)s days.",
            planned,
        )
        return f"{told} {hint % {'days': planned}}"

    @property
    def values(self) -> dict[str, Any]:
        """What the form does not ask stays as it is."""
        kept = {n: self.stored[n] for n in ("format", "commitment") if n not in self.fields}
        format = self.cleaned_data.get("format") or self.stored["format"]
        return {**super().values, "format": format, **kept}

    def clean_starts_on(self) -> dt.date | None:
        return self._within("starts_on")

    def clean_ends_on(self) -> dt.date | None:
        return self._within("ends_on")

    def _within(self, name: str) -> dt.date | None:
        """Dates outside the call are refused."""
        found: dt.date | None = self.cleaned_data[name]
        call = self.piece.application.call
        if found and not call.travel_from <= found <= call.travel_until:
            raise ValidationError(
                _("This call pays for visits from %(first)s to %(last)s."),
                code="outside",
                params={"first": day(call.travel_from), "last": day(call.travel_until)},
            )
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error(
                "ends_on", ValidationError(_("The last day lies before the first."), code="order")
            )
        return cleaned

    def warnings(self) -> list[Any]:
        application, call = self.piece.application, self.piece.application.call
        if application.is_virtual or not application.days:
            return []
        if call.min_days <= application.days <= call.max_days:
            return []
        return [
            _(
                "The visit lasts %(days)s days; this call asks for %(least)s to %(most)s. Please "
                "change the dates before you submit."
            )
            % {"days": application.days, "least": call.min_days, "most": call.max_days}
        ]


def day(value: dt.date) -> str:
    return formats.date_format(value, "DATE_FORMAT")
