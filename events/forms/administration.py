"""Forms of the administration: times are wall times in the event's own zone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.validators import time_zones
from journal.admin import LabelledFormSet
from journal.languages import BothLanguagesForm
from journal.pickers import LocalDateTimeField
from journal.versions import VersionedForm
from partnerships import uploads

from ..models import Event, Mode

#: Moving one of these makes every reminder due anew.
ANCHORS = ("starts_at", "ends_at", "answer_by", "time_zone")


def set_zone(form: forms.BaseForm, zone: str | None) -> None:
    """Let the form's times be wall times there; an unknown zone is refused elsewhere."""
    for field in form.fields.values():
        if isinstance(field, LocalDateTimeField):
            field.zone = zone if zone in time_zones() else None


class EventForm(BothLanguagesForm, VersionedForm):
    """An event; ``is_moved`` says whether guests' calendars and reminders are affected."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = self.data.get(self.add_prefix("time_zone")) if self.is_bound else None
        set_zone(self, typed or self.instance.time_zone)
        self.fields["state"].choices = self._states()

    def _states(self) -> list[tuple[str, Any]]:
        """Cancelling tells the guests, so it is done on the event's page, not by a select."""
        cancelled = self.instance.state == Event.State.CANCELLED
        return [
            choice
            for choice in Event.State.choices
            if (choice[0] == Event.State.CANCELLED) == cancelled
        ]

    def clean_state(self) -> str:
        state: str = self.cleaned_data["state"]
        if state == Event.State.DRAFT and self.instance.pk and self.instance.invitations.exists():
            raise forms.ValidationError(
                _("Guests were invited already; the event cannot become a draft again."),
                code="invited",
            )
        return state

    @property
    def is_moved(self) -> bool:
        return bool(set(ANCHORS) & set(self.changed_data))


class ZonedFormSet(LabelledFormSet):
    """Rows whose times are wall times in the parent event's zone."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        set_zone(form, self.instance.time_zone)


class SessionForm(BothLanguagesForm):
    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        start, end = (self.cleaned_data.get(name) for name in ("starts_at", "ends_at"))
        if start and end and end < start:
            self.add_error("ends_at", _("The agenda item ends before it starts."))
        return cleaned


_POOL_FIELDS = ("right", "mode", "capacity", "held")


class SeatPoolForm(forms.ModelForm):
    """Seats of one kind. Counters are left alone: they belong to ``events.seats``."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk and self.instance.invitations.exists():
            for name in {"right", "mode"} & set(self.changed_data):
                self.add_error(
                    name, _("Guests hold these seats; add another pool instead of changing it.")
                )
        return cleaned

    def save(self, commit: bool = True) -> Any:
        if self.instance.pk is None or not commit:
            return super().save(commit=commit)
        pool = super().save(commit=False)
        pool.save(update_fields=[name for name in self.changed_data if name in _POOL_FIELDS])
        return pool


class SeatPoolFormSet(LabelledFormSet):
    """Pools whose place suits the event's format."""

    REFUSED = {
        Event.Format.IN_PERSON: (Mode.ONLINE, _("An event in person has no seats online.")),
        Event.Format.VIRTUAL: (Mode.ROOM, _("A virtual event has no seats in a room.")),
    }

    def clean(self) -> None:
        super().clean()
        mode, refusal = self.REFUSED.get(self.instance.format, ("", ""))
        for form in self.forms:
            stays = not (self.can_delete and self._should_delete_form(form))
            if stays and mode and form.cleaned_data.get("mode") == mode:
                form.add_error("mode", refusal)


class ReminderRuleForm(forms.ModelForm):
    """A rule; another time of sending opens its window anew."""

    def save(self, commit: bool = True) -> Any:
        if set(self.changed_data) & {"anchor", "days_before", "at_time", "useful_for_hours"}:
            self.instance.settled_version = 0
        return super().save(commit=commit)


class EventFileForm(BothLanguagesForm):
    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        return uploads.check(file) if isinstance(file, UploadedFile) else file
