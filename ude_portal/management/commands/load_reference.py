"""``manage.py load_reference``: goals, catalogues, cities, partnerships, past events."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ude_portal.reference import load_reference


class Command(BaseCommand):
    help = "Load the reference data that comes with the portal. A second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        line = _("%(label)s: %(created)d created, %(updated)d updated, %(kept)d unchanged")
        for count in load_reference():
            self.stdout.write(line % dataclasses.asdict(count))
