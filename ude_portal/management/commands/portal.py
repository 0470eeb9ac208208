"""``manage.py portal``: the whole portal with one command, or one of its processes."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from ude_portal import pieces, preparing, probe
from ude_portal.demo import LOGINS
from ude_portal.supervisor import AlreadyRunning, Supervisor, lock_folder


class Command(BaseCommand):
    help = (
        "Starts web server, worker and beat together and stops them together. In demo mode it "
        "also makes the tables and loads the demo programme into an empty database."
    )

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--only",
            choices=pieces.PIECES,
            help="become this one process (for containers and systemd); prepares nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["only"]:
            self.become(options["only"])
        try:
            lock = lock_folder(settings.DATA_DIR)
        except AlreadyRunning as other:
            raise CommandError(
                f"A portal already runs on {settings.DATA_DIR} (process {other}). "
                "Stop it, or set DATA_DIR to another folder."
            ) from other
        with lock:
            try:
                sys.exit(self.run_all())
            except KeyboardInterrupt:
                sys.exit(130)

    def run_all(self) -> int:
        self.choose_port()
        self.say(f"UDE portal, {settings.UDE_MODE} mode, data in {settings.DATA_DIR}")
        preparing.prepare(self.say, check=self.check)
        connections.close_all()
        code = self.supervise()
        self.say("The portal has stopped.")
        return code

    def become(self, piece: str) -> None:
        """Replace this process, so that signals and logs are the piece's own."""
        self.check()
        if settings.PRODUCTION:
            preparing.check_database(self.say)
            preparing.refuse_missing_migrations()
            preparing.refuse_demo_accounts()
        preparing.make_folders()
        connections.close_all()
        line = pieces.command(piece)
        os.execv(line[0], line)  # noqa: S606

    def choose_port(self) -> None:
        """Take the next free port if ours is taken; the links in pages and mails follow it."""
        port = preparing.free_port(settings.PORT)
        if port == settings.PORT:
            return
        if settings.PRODUCTION or "SITE_URL" in os.environ:
            raise CommandError(
                f"Port {settings.PORT} is taken, and SITE_URL says where people look for the "
                "portal. Free the port, or set PORT (and SITE_URL with it)."
            )
        self.say(f"Port {settings.PORT} is taken, so the portal uses {port}.")
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {"PORT": str(port)})  # noqa: S606

    def supervise(self) -> int:
        os.environ["PYTHONUNBUFFERED"] = "1"
        self.say("  Starting web server, worker and beat …")
        host = settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost"
        return Supervisor(settings.DATA_DIR / "logs", self.say).run(
            {piece: pieces.command(piece) for piece in pieces.PIECES},
            ready=lambda: probe.alive(settings.PORT, host),
            when_ready=self.welcome,
        )

    def welcome(self) -> None:
        self.say(f"\nThe portal is open: {settings.SITE_URL}/")
        if settings.DEMO:
            self.say("  Sign in with one of these accounts:")
            for login in LOGINS:
                self.say(f"    {login.email}  {login.password}  ({login.role})")
            self.say(f"  Outgoing mail: {settings.SITE_URL}/mailbox/")
        self.say(f"  Logs: {settings.DATA_DIR / 'logs'}\n  Ctrl-C stops it.")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
