"""Partnerships whose topics the city has not chosen yet stand on its office's first page."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..offices.door import Office
from ..offices.waiting import Step, register
from . import boards


def find(office: Office) -> Iterator[Step]:
    for row in boards.rows(office.city):
        if row.is_our_turn:
            text = _("Choose the topics of %(partnership)s") % {"partnership": row.partnership}
            yield Step(text, office.address("topics", row.partnership.slug))


def register_waiting() -> None:
    register("partnerships.topics", find)
