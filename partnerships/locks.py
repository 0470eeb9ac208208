"""Rows that operations lock first."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .models import City


def lock_city(*keys: int) -> None:
    """Lock cities, smaller keys first. Refuses with code ``merged`` for one that leads on."""
    rows = City.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    if len(rows.values_list("pk")) < len(set(keys)):
        raise ValidationError(
            _("This city was merged with another one just now. Please look again."), code="merged"
        )
