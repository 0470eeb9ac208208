"""Applications the city still writes stand on its office's first page."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.offices.door import Office
from partnerships.offices.waiting import Step, register

from ..models import Application
from ..states import State


def find(office: Office) -> Iterator[Step]:
    texts = {
        State.DRAFT: _("Go on writing the application %(ref)s %(title)s"),
        State.INFORMATION: _("Answer the question about %(ref)s %(title)s"),
    }
    ours = Application.objects.of_city(office.city).select_related("partnership")
    for one in ours.filter(state__in=texts):
        text = texts[State(one.state)] % {"ref": one.ref, "title": one.name}
        yield Step(text, reverse("exchanges:case", args=[office.city.slug, one.ref]))


def register_waiting() -> None:
    register("exchanges.applications", find)
