"""``manage.py import_partnerships FILE [--dry-run]``: a list from a public source."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from partnerships.importing import Line, Outcome, import_partnerships
from partnerships.spreadsheets import read_partnerships


class Command(BaseCommand):
    help = "Enter the partnerships of a CSV file (columns as in ude_portal/data/partnerships.csv)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV file, UTF-8")
        parser.add_argument("--dry-run", action="store_true", help="report, but write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = read_partnerships(options["file"])
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        lines = import_partnerships(rows, dry_run=options["dry_run"])
        for line in lines:
            if line.reason or options["verbosity"] > 1 or line.outcome == Outcome.CREATED:
                self.stdout.write(sentence(line))
        self.stdout.write(summary(lines))
        if options["dry_run"]:
            self.stdout.write(_("Dry run: nothing was written."))


def sentence(line: Line) -> str:
    text = f"{_('Line')} {line.number}: {line.label}: {line.outcome.label}"
    return f"{text} ({line.reason})" if line.reason else text


def summary(lines: list[Line]) -> str:
    count = Counter(line.outcome for line in lines)
    return ", ".join(f"{outcome.label}: {count[outcome]}" for outcome in Outcome)
