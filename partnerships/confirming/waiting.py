"""Questions the city owes an answer, and differing facts, stand on its office's first page."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..offices.door import Office
from ..offices.waiting import Step, register
from .differences import differing_of
from .standing import owed_by


def find(office: Office) -> Iterator[Step]:
    owed = _("Answer whether it is right: %(partnership)s")
    differing = _("Settle what the cities state differently: %(partnership)s")
    for text, partnerships in (
        (owed, owed_by(office.city)),
        (differing, differing_of(office.city)),
    ):
        for one in partnerships:
            yield Step(text % {"partnership": one}, office.address("partnership", one.slug))


def register_waiting() -> None:
    register("partnerships.confirming", find)
