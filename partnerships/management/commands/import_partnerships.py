"""``manage.py import_partnerships FILE [--dry-run] [--json]``: a list of partnerships."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from partnerships.importing.columns import FIELDS
from partnerships.importing.looking import Look, look
from partnerships.importing.operations import bring_in
from partnerships.importing.planning import Decision, Outcome, Plan
from partnerships.importing.reading import ENCODINGS, SEPARATORS


class Command(BaseCommand):
    help = "Bring in a list of partnerships (XLSX or CSV); no mail is sent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="XLSX or CSV file, at most 10 MB")
        parser.add_argument("--dry-run", action="store_true", help="report, but write nothing")
        parser.add_argument("--json", action="store_true", help="print the rows as JSON, no text")
        parser.add_argument(
            "--source", default="", help="where the list comes from, as readers see it (file name)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        dry_run: bool = options["dry_run"]
        try:
            content = path.read_bytes()
            if dry_run:
                found = look(content, path.name)
            else:
                source = options["source"] or path.name
                found = bring_in(content=content, name=path.name, source=source)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if options["json"]:
            self.stdout.write(as_json(found.plan))
            return
        for line in report(found, every_row=options["verbosity"] > 1):
            self.stdout.write(line)
        if dry_run:
            self.stdout.write(_("Dry run: nothing was written."))


def as_json(plan: Plan) -> str:
    """The rows as a JSON list, in the order of the file."""
    rows = [
        {
            "row": decision.row,
            "outcome": decision.outcome_text,
            **asdict(decision.facts),
            "reason": " ".join(map(str, decision.reasons)),
        }
        for decision in plan.decisions
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def report(found: Look, *, every_row: bool) -> list[str]:
    """How the file was read, then each row about which there is something to say, then numbers.

    A partnership that is there already says nothing.
    """
    rows = found.plan.decisions
    told = [row for row in rows if every_row or row.outcome != Outcome.MERGE or row.says_more]
    return [_file(found), _columns(found), *map(_sentence, told), _summary(found.plan)]


def _file(found: Look) -> str:
    if found.table.sheet:
        return _("Sheet: %(sheet)s") % {"sheet": found.table.sheet}
    return _("Encoding: %(encoding)s, separator: %(separator)s") % {
        "encoding": ENCODINGS[found.table.encoding],
        "separator": SEPARATORS[found.table.separator],
    }


def _columns(found: Look) -> str:
    headings = dict(found.table.rows)[found.layout.header]
    pairs = [f"{headings[n]} → {FIELDS[name]}" for name, n in found.layout.columns.items()]
    return _("Columns: %(columns)s") % {"columns": "; ".join(pairs)}


def _sentence(decision: Decision) -> str:
    cities = " – ".join(name for name in decision.cities if name)
    place = _("Line %(line)s (row %(row)s)") % {"line": decision.line, "row": decision.row}
    parts = [place, cities, str(decision.outcome.label), " ".join(map(str, decision.reasons))]
    return ": ".join(part for part in parts if part)


def _summary(plan: Plan) -> str:
    count = plan.counts
    return ", ".join(f"{outcome.label}: {count[outcome]}" for outcome in Outcome)
