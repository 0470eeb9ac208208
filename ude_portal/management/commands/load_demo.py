"""`manage.py load_demo`: the demo programme, into an empty or demo database only."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ude_portal.demo import NotEmpty, load


class Command(BaseCommand):
    help = "Loads the demo programme: real partnerships, invented people, an upcoming roundtable."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load()
        except NotEmpty as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            "The demo programme is loaded." if loaded else "The demo programme was there already."
        )
