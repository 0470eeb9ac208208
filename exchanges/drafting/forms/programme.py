"""The programme by half-days, a row for each day of the visit."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from ...models import ProgrammeSlot
from ..contents.programme import HALVES, MOST_DAYS, name_of, slot_of
from .base import Group, OneLine, PartForm
from .basics import choice

#: Days shown while nobody knows the dates.
DAYS_WITHOUT_DATES = 3


class ProgrammeForm(PartForm):
    def build(self) -> None:
        application = self.piece.application
        self.length = min(application.days or DAYS_WITHOUT_DATES, MOST_DAYS)
        written = [slot_of(name) for name in (*self.stored, *self.data)]
        beyond = {slot[0] for slot in written if slot and slot[0] > self.length}
        self.days = [*range(1, self.length + 1), *sorted(beyond)]
        hosts = application.hosts.select_related(
            "position__office", "position__department", "department", "party__city"
        )
        named = [(host.pk, f"{host.label}, {host.party.city.name}") for host in hosts]
        for day in self.days:
            for half in HALVES:
                self._add_slot(day, half, named)

    def _add_slot(self, day: int, half: ProgrammeSlot.Half, hosts: list[tuple[int, str]]) -> None:
        label = half.label.capitalize()
        self.fields[name_of(day, half, "text")] = OneLine(label=label, max_length=300)
        if hosts:
            told = _("Host in the morning")
            if half == ProgrammeSlot.Half.AFTERNOON:
                told = _("Host in the afternoon")
            self.fields[name_of(day, half, "host")] = choice(told, hosts)

    def groups(self) -> list[Group]:
        return [
            Group(self._legend(day), self._fields_of(day), self._note(day)) for day in self.days
        ]

    def _fields_of(self, day: int) -> list[Any]:
        names = [name_of(day, half, what) for half in HALVES for what in ("text", "host")]
        return [self[name] for name in names if name in self.fields]

    def _legend(self, day: int) -> Any:
        starts_on = self.piece.application.starts_on
        if starts_on is None:
            return _("Day %(number)s") % {"number": day}
        date = starts_on + dt.timedelta(days=day - 1)
        return _("Day %(number)s, %(date)s") % {
            "number": day,
            "date": formats.date_format(date, "DATE_FORMAT"),
        }

    def _note(self, day: int) -> Any:
        if not self.piece.application.days or day <= self.length:
            return ""
        return _("This day lies after the visit. Move what stands here, or empty it.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for day in self.days:
            for half in HALVES:
                text, host = name_of(day, half, "text"), name_of(day, half, "host")
                if cleaned.get(host) and not cleaned.get(text) and text not in self.errors:
                    sentence = _("Please say what happens then.")
                    self.add_error(text, ValidationError(sentence, code="missing"))
        return cleaned

    def warnings(self) -> list[Any]:
        if self.piece.application.days:
            return []
        return [_("The dates are not known yet; the grid follows them once they are.")]

    def was_sent(self, name: str) -> bool:
        return name.rpartition("-")[0] + "-text" in self.data
