"""``manage.py create_staff EMAIL``: the first administrator, and colleagues after that."""

from __future__ import annotations

from argparse import BooleanOptionalAction
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from accounts.models import User
from accounts.operations import appoint_staff


class Command(BaseCommand):
    help = "Makes an account for a member of the staff. Run again, it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address this person signs in with")
        parser.add_argument("--name", default="", help="as it shall stand on pages")
        parser.add_argument(
            "--superuser",
            action=BooleanOptionalAction,
            default=None,
            help="may do everything and appoint others (yes for the first, else no)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        superuser = options["superuser"]
        if superuser is None:
            superuser = not User.objects.filter(is_superuser=True, is_active=True).exists()
        try:
            user, changed = appoint_staff(
                email=options["email"], name=options["name"], superuser=superuser
            )
        except ValidationError as error:
            raise CommandError(f"{options['email']}: {' '.join(error.messages)}") from error
        role = "administrator" if user.is_superuser else "member of the staff"
        state = "is now" if changed else "already is"
        self.stdout.write(f"{user.email} {state} {role}.")
        self.stdout.write(
            f"Next: open {settings.SITE_URL}{reverse('account_login')}, choose to sign in with a "
            "code, and type the code that arrives by mail. Staff then set up a second factor."
        )
