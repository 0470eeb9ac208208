"""Forms about accounts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import User
from .validators import time_zones


def zone_choices() -> list[tuple[str, str]]:
    """Names a person looks for: places, not the old abbreviations of the zone database."""
    places = sorted(name for name in time_zones() if "/" in name)
    names = [name for name in places if not name.startswith("Etc/")]
    return [(name, name.replace("_", " ")) for name in (*names, "UTC")]


class ProfileForm(forms.ModelForm):
    """What people say about themselves."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zone_choices,
        help_text=_("Times of events are also shown in this zone."),
    )

    class Meta:
        model = User
        fields = ["name", "language", "time_zone"]
