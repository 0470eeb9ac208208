"""``manage.py assets``: bring KERN's style sheet and fonts into ``static/vendor``."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ude_portal import assets


class Command(BaseCommand):
    help = "Fetches the design system's style sheet and fonts. Without them pages stay usable."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--required", action="store_true", help="Fail when the files cannot be fetched."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = assets.bring(settings.BASE_DIR)
        except assets.Unavailable as reason:
            sentence = f"The design system could not be fetched ({reason})."
            if options["required"]:
                raise CommandError(sentence) from reason
            self.stderr.write(f"{sentence} Pages are plain but usable; try again with assets.")
            return
        self.stdout.write("Style sheet and fonts are in place." if done else "Assets are current.")
