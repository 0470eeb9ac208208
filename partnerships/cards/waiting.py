"""Offices that asked for a talk stand on the asked office's first page."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..models import ContactWish
from ..offices.door import Office
from ..offices.waiting import Step, register


def find(office: Office) -> Iterator[Step]:
    asked = ContactWish.objects.of(office.city).filter(
        asked=office.city, state=ContactWish.State.OPEN
    )
    for wish in asked:
        text = _("%(city)s would like to talk with you: agree or decline") % {
            "city": wish.asking.name
        }
        yield Step(text, office.address("contact", wish.pk))


def register_waiting() -> None:
    register("partnerships.contacts", find)
