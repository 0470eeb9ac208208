"""``manage.py restore``: a backup becomes the portal again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ude_portal.backups import Refused
from ude_portal.backups.restoring import find_ledgers, restore
from ude_portal.supervisor import AlreadyRunning, lock_folder


class Command(BaseCommand):
    help = (
        "Puts a backup back into an empty portal. Links revoked and people erased since then "
        "stay so, and no mail leaves until staff open the outbox."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder that “backup” has printed")
        ledger = parser.add_mutually_exclusive_group()
        ledger.add_argument(
            "--ledger", type=Path, metavar="FILE", help="where the ledger is, if not beside it"
        )
        ledger.add_argument(
            "--without-ledger",
            action="store_true",
            help="it is lost: what was revoked and erased since the backup comes back",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with lock_folder(settings.DATA_DIR):
                ledgers = (
                    []
                    if options["without_ledger"]
                    else find_ledgers(options["folder"], options["ledger"])
                )
                restore(options["folder"], ledgers=ledgers, say=self.stdout.write)
        except AlreadyRunning as other:
            raise CommandError(
                f"The portal runs on {settings.DATA_DIR} (process {other}). Stop it first."
            ) from other
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"Restored. Start the portal; staff then open the outbox: {settings.SITE_URL}/outbox/"
        )
