"""``manage.py outbox``: how many mails stand where; close and open the outbox after restoring."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count

from mailing import restoring
from mailing.models import Mail


class Command(BaseCommand):
    help = "Counts the mails. After restoring a backup: look at them, then --release or --drop."

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument(
            "--hold",
            action="store_true",
            help="close the outbox (manage.py restore does it; for copies put back otherwise)",
        )
        choice.add_argument("--release", action="store_true", help="open it and send what waits")
        choice.add_argument("--drop", action="store_true", help="open it and drop what waited")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["hold"]:
            self.stdout.write(f"{restoring.close()} mails are held back.")
        if options["release"]:
            self.stdout.write(f"{restoring.release()} mails wait to be sent again.")
        if options["drop"]:
            self.stdout.write(f"{restoring.drop()} mails are dropped.")
        states = Mail.objects.values_list("state").annotate(Count("pk")).order_by("state")
        for state, count in states:
            self.stdout.write(f"{state:>10} {count:>7}")
        if restoring.undecided():
            self.stdout.write("The outbox is closed: only mails about signing in leave.")
