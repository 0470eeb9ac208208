"""``manage.py backup``: a backup of the running portal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from privacy import ledger
from ude_portal.backups import Refused
from ude_portal.backups.making import make


class Command(BaseCommand):
    help = "Backs up the database and uploaded files, also while the portal runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to",
            type=Path,
            default=Path(settings.BACKUP_DIR),
            metavar="FOLDER",
            help="where the folder of this backup is made (BACKUP_DIR)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            folder, made = make(options["to"])
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{folder}")
        self.stdout.write(
            f"  {len(made.tables)} tables, {made.rows} rows, {len(made.media)} uploaded files."
        )
        self.stdout.write(
            f"  Keep it together with {ledger.path()}, away from this machine, and the keys "
            "(SECRET_KEY, LINK_KEY) at another place: they are not in it."
        )
