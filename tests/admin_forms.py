"""What a browser would send back from an admin page, and rows for every table of the admin."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import HttpResponse
from django.urls import reverse

from events.models import Answer, Delegation, Invitation, Reminder, ReminderRule
from journal.models import Entry
from mailing.models import BlockedAddress
from pages.models import NewsItem, Page
from partnerships.models import CityDomain, Duty, GazetteerPlace, Organisation
from sdg.models import Target

from . import factories as make
from .exchanges.scenes import (
    make_call,
    make_daily_rate,
    make_letter_block,
    make_reviewer,
    make_travel_factor,
)
from .partnerships.merging.doubled import merged

_number = count(1)


def _sent(bound: Any) -> Any:
    """The value a browser sends for a field, ``None`` where it sends nothing."""
    widget = bound.field.widget
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget = widget.widget
    value = bound.value()
    if isinstance(widget, forms.FileInput):
        return None
    if isinstance(widget, forms.CheckboxInput):
        return "on" if value else None
    if isinstance(widget, forms.SelectMultiple):
        return [str(one) for one in value or []]
    shown = widget.format_value(value)
    shown = shown[0] if isinstance(shown, list) and shown else shown
    return "" if shown in (None, []) else str(shown)


def form_data(response: HttpResponse) -> dict[str, Any]:
    """Everything the page's forms hold, ready to be changed and posted."""
    context: Any = response.context  # type: ignore[attr-defined]
    every = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        every += [inline.formset.management_form, *inline.formset.forms]
    sent = {bound.html_name: _sent(bound) for form in every for bound in form}
    return {name: value for name, value in sent.items() if value is not None}


def page(kind: str, thing: Any) -> str:
    """Address of an admin page: ``page("change", city)``, ``page("add", City)``."""
    meta = thing._meta
    arguments = [thing.pk] if kind in {"change", "delete", "history"} else []
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{kind}", args=arguments)


def errors_of(response: HttpResponse) -> dict[str, list[str]]:
    """Messages by field of the main form and of every inline form."""
    context: Any = response.context  # type: ignore[attr-defined]
    found = dict(context["adminform"].form.errors)
    for inline in context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            found |= {form.add_prefix(name): texts for name, texts in form.errors.items()}
    return {name: list(texts) for name, texts in found.items()}


def _delegation() -> Delegation:
    return Delegation.objects.create(event=make.make_event(), partnership=make.make_partnership())


def _answer() -> Answer:
    return Answer.objects.create(invitation=make.make_invitation(), number=1, choice="no")


def _reminder() -> Reminder:
    guest = make.make_invitation()
    rule = ReminderRule.objects.create(
        event=guest.event, to="silent", anchor="start", days_before=3
    )
    return Reminder.objects.create(
        rule=rule,
        invitation=guest,
        anchor_version=1,
        due_at=guest.event.starts_at,
        state=Reminder.State.MISSED,
    )


def _text(model: type[Any], **extra: Any) -> Any:
    return model.objects.create(
        slug=f"text-{next(_number)}",
        title_de="Titel",
        title_en="Title",
        body_de="Text",
        body_en="Text",
        **extra,
    )


def _guest() -> Invitation:
    return make.make_invitation(position=make.make_mayor())


def _place() -> GazetteerPlace:
    return GazetteerPlace.objects.create(
        name="Bonn", country="DE", region="NRW", latitude=50.7, longitude=7.1, population=1
    )


def _organisation() -> Organisation:
    return Organisation.objects.create(
        slug=f"org-{next(_number)}", name_de="Verband", name_en="Association", level="network"
    )


def _target() -> Target:
    return Target.objects.create(
        code=f"11.{next(_number)}", goal=make.make_goal(), label_de="Wohnen", label_en="Housing"
    )


def _entry() -> Entry:
    return Entry.objects.create(
        verb="events.edited", about=make.make_event(), actor="person", by=make.make_staff()
    )


def _blocked() -> BlockedAddress:
    return BlockedAddress.objects.create(
        email=f"niemand{next(_number)}@stadt.example", reason="opted_out"
    )


def _domain() -> CityDomain:
    return CityDomain.objects.create(city=make.make_city(), domain=f"stadt{next(_number)}.example")


def _duty() -> Duty:
    return Duty.objects.create(slug=f"duty-{next(_number)}", name_de="Führt", name_en="Leads")


#: A row of each table of the administration, by model name.
ROWS: dict[str, Callable[[], Any]] = {
    "Answer": _answer,
    "BlockedAddress": _blocked,
    "Call": make_call,
    "City": make.make_city,
    "CityDomain": _domain,
    "DailyRate": make_daily_rate,
    "Delegation": _delegation,
    "Department": lambda: make.make_department(f"dept-{next(_number)}"),
    "Duty": _duty,
    "Entry": _entry,
    "Event": lambda: make.make_event(city=make.make_city()),
    "GazetteerPlace": _place,
    "Goal": lambda: make.make_goal(next(_number) % 17 + 1),
    "Invitation": _guest,
    "LetterBlock": make_letter_block,
    "Mail": make.make_mail,
    "Merge": lambda: merged(make.make_city(), make.make_city()),
    "Membership": lambda: make.make_membership(make.make_user(), make.make_city()),
    "NewsItem": lambda: _text(NewsItem, teaser_de="Neu", teaser_en="New"),
    "Office": make.make_office,
    "Organisation": _organisation,
    "Page": lambda: _text(Page),
    "Partnership": make.make_partnership,
    "Position": make.make_mayor,
    "Reminder": _reminder,
    "Reviewer": lambda: make_reviewer().reviewer,
    "Target": _target,
    "TravelFactor": make_travel_factor,
    "Topic": lambda: make.make_topic(f"Thema {next(_number)}"),
    "User": make.make_user,
}


def tables() -> list[Any]:
    """Every model of the administration."""
    return sorted(admin.site._registry, key=lambda model: model.__name__)
