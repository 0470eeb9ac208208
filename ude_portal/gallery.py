"""Every component once, for those who build pages. Exists in demo mode only."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sdg.models import Goal

CITIES = [("koeln", "Köln"), ("leeds", "Leeds"), ("denver", "Denver")]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Your name"), help_text=_("First name and family name."))
    email = forms.EmailField(label=_("E-mail address"), required=False)
    note = forms.CharField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 3}))
    city = forms.ChoiceField(label=_("City"), choices=CITIES)
    cities = forms.MultipleChoiceField(label=_("Several cities"), choices=CITIES)
    answer = forms.ChoiceField(
        label=_("Will you come?"),
        choices=[("room", _("Yes, in the room")), ("online", _("Yes, online")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=[("water", _("Water")), ("energy", _("Energy"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    start = forms.DateTimeField(
        label=_("Start"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    seats = forms.IntegerField(label=_("Seats"), help_text=_("A whole number."))
    file = forms.FileField(label=_("File"), required=False)
    consent = forms.BooleanField(label=_("I agree."), help_text=_("You can take this back."))


def sample_entries(now: dt.datetime) -> list[SimpleNamespace]:
    """Looks like the journal's entries, without rows."""
    return [
        SimpleNamespace(at=now, by="Kim Beispiel", sentence=_("118 people invited")),
        SimpleNamespace(
            at=now - dt.timedelta(days=2),
            by=None,
            get_actor_display=_("guest by link"),
            sentence=_("Answered: yes, in the room"),
        ),
    ]


def gallery(request: HttpRequest) -> HttpResponse:
    """The page; 404 outside demo mode."""
    if not settings.DEMO:
        raise Http404("the gallery exists in demo mode only")
    context: dict[str, Any] = {
        "kinds": ["info", "success", "warning", "danger"],
        "trail": [(_("Building blocks"), "")],
        "page": Paginator(range(200), 10).page(9),
        "form": SampleForm(),
        "form_with_errors": SampleForm({"name": "", "email": "nobody"}, prefix="wrong"),
        "entries": sample_entries(timezone.now()),
        "facts": [(_("Date"), _("17 March 2027")), (_("Place"), "Köln")],
        "goals": [
            Goal(number=number, **{f"title_{code}": name for code, name in titles(number)})
            for number in range(1, 18)
        ],
    }
    return render(request, "portal/gallery.html", context)


def titles(number: int) -> list[tuple[str, str]]:
    return [("de", f"Ziel {number}"), ("en", f"Goal {number}")]
