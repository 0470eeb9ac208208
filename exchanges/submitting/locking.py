"""What the operations share: the locked application, its cities, and its due days."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..models import Application, ApplicationParty


def locked(application: Application) -> Application:
    """The application's row, locked and read anew; raises ``ValidationError``: ``gone``."""
    rows = Application.objects.select_for_update(of=("self",)).select_related(
        "call", "partnership", "destination"
    )
    found = rows.filter(pk=application.pk).first()
    if found is None:
        raise ValidationError(_("This draft was deleted meanwhile."), code="gone")
    return found


def parties_of(application: Application) -> list[ApplicationParty]:
    """Its cities, the submitting one first, each knowing the application in hand."""
    found = list(application.parties.select_related("city"))
    for party in found:
        party.application = application
    return found
