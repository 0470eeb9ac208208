"""``manage.py outbox``: how many mails stand where; hold and release them after a restore."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count

from mailing.models import Mail
from mailing.restoring import drop_all, hold_all, release_all


class Command(BaseCommand):
    help = "Counts the mails. After restoring a backup: --hold, look, then --release or --drop."

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--hold", action="store_true", help="stop all that wait to be sent")
        choice.add_argument("--release", action="store_true", help="send what --hold stopped")
        choice.add_argument("--drop", action="store_true", help="take back what --hold stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["hold"]:
            self.stdout.write(f"{hold_all()} mails are held back.")
        if options["release"]:
            self.stdout.write(f"{release_all()} mails wait to be sent again.")
        if options["drop"]:
            self.stdout.write(f"{drop_all()} mails are taken back.")
        states = Mail.objects.values_list("state").annotate(Count("pk")).order_by("state")
        for state, count in states:
            self.stdout.write(f"{state:>10} {count:>7}")
