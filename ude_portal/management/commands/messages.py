"""``manage.py messages``: keep the German catalogue in step with the texts in use."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ude_portal import messages

CATALOGUE = "locale/de/LC_MESSAGES/django.po"


class Command(BaseCommand):
    help = "Collects the portal's texts into locale/de/LC_MESSAGES/django.po."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--fill",
            metavar="FILE.json",
            type=Path,
            help='translations to put into empty entries: {"text": "Deutsch" or ["eins", "viele"]}',
        )
        parser.add_argument("--overwrite", action="store_true", help="also replace filled entries")
        parser.add_argument("--check", action="store_true", help="change nothing, report faults")

    def handle(self, *args: Any, **options: Any) -> None:
        root = settings.BASE_DIR
        try:
            found = messages.collect(root)
        except ValueError as error:
            raise CommandError(f"A text cannot be read. {error}") from error
        path = root / CATALOGUE
        catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile()
        if options["check"]:
            self.check_only(catalogue, found)
            return
        catalogue = messages.merge(catalogue, found)
        if options["fill"]:
            self.fill(catalogue, options["fill"], overwrite=options["overwrite"])
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".fresh")
        catalogue.save(str(fresh))
        fresh.replace(path)
        empty = [entry for entry in catalogue if not all(messages.translations(entry))]
        self.stdout.write(f"{len(catalogue)} texts, {len(empty)} without a German translation.")

    def check_only(self, catalogue: polib.POFile, found: dict[messages.Text, list[str]]) -> None:
        faults = messages.problems(catalogue, found)
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} texts are not ready in German.")
        self.stdout.write(f"All {len(found)} texts have a German translation.")

    def fill(self, catalogue: polib.POFile, path: Path, *, overwrite: bool) -> None:
        try:
            given = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"{path} cannot be read as JSON. {error}") from error
        filled, unused = messages.fill(catalogue, given, overwrite=overwrite)
        for key in unused:
            self.stdout.write(f"not used: {key}")
        self.stdout.write(f"{filled} filled from {path}, {len(unused)} of its texts are not used.")
