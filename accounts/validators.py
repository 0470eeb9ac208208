"""Checks of what people enter about themselves and about places."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


@cache
def time_zones() -> frozenset[str]:
    """Every name of the IANA time zone database; asking Python reads 600 files each time."""
    return frozenset(available_timezones())


def validate_time_zone(value: str) -> None:
    """Refuse what is not a name of the IANA time zone database."""
    if value not in time_zones():
        raise ValidationError(
            _("“%(value)s” is not a time zone. Use a name such as Europe/Berlin."),
            code="time_zone",
            params={"value": value},
        )
