"""Form fields for dates and times: the browser's own pickers, and the zone they are meant in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class LocalDateTimeField(forms.DateTimeField):
    """A point in time, typed and shown to the minute as wall time in ``zone``.

    ``zone`` is an IANA name; ``None`` is the portal's own zone. Wall times that a change to
    summer time skips or doubles are refused, and so are years outside 1900 to 2200.
    """

    widget = DateTimeInput
    zone: str | None = None

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(self.zone):
            return super().prepare_value(value)

    def clean(self, value: Any) -> dt.datetime | None:
        with timezone.override(self.zone):
            moment = super().clean(value)
        if moment is not None and not 1900 <= moment.year <= 2200:
            raise ValidationError(_("Enter a year between 1900 and 2200."), code="year")
        return moment

    def has_changed(self, initial: Any, data: Any) -> bool:
        if isinstance(initial, dt.datetime):
            initial = initial.replace(second=0, microsecond=0)
        with timezone.override(self.zone):
            return super().has_changed(initial, data)
