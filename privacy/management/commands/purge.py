"""Remove personal data whose time is over; the worker does the same once a day."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from privacy import purge


class Command(BaseCommand):
    help = "Remove personal data whose retention period is over (the worker does it daily)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count")

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in purge.run(at=timezone.now(), dry_run=options["dry_run"]).items():
            self.stdout.write(f"{name}: {count}")
