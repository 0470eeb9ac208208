"""What ``manage.py portal`` does before it starts the processes, one step after the other."""

from __future__ import annotations

import io
import platform
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, NotSupportedError, connection

from . import broker
from .celery import app
from .demo import LOGINS
from .health import pending_migrations

Say = Callable[[str], None]
PORTS_TRIED = 50


def free_port(wanted: int) -> int:
    """The wanted port, or the next free one. Raises CommandError after 50 tries."""
    for port in range(wanted, wanted + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise CommandError(f"The ports {wanted} to {wanted + PORTS_TRIED - 1} are all taken.")


def prepare(say: Say, *, check: Callable[[], object]) -> None:
    """Bring database, broker folders and front-end files into the state the processes need.

    ``check`` runs the system checks; it raises where the portal must not start.
    """
    if settings.PRODUCTION:
        check()
        check_database(say)
        refuse_missing_migrations()
        refuse_demo_accounts()
        with step(say, "Static files"):
            call_command("collectstatic", interactive=False, verbosity=0)
        tidy_broker()
        return
    with step(say, "Style sheet and fonts"):
        call_command("assets", stdout=io.StringIO())
    check()
    check_database(say)
    with step(say, "Tables"):
        call_command("migrate", interactive=False, verbosity=0)
    tidy_broker()
    load_data(say)


@contextmanager
def step(say: Say, name: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    say(f"  {name}: ready ({time.monotonic() - started:.1f} s)")


def check_database(say: Say) -> None:
    """Say which versions are at work; raise CommandError when the database cannot be used."""
    try:
        connection.ensure_connection()
        connection.check_database_version_supported()
    except NotSupportedError as error:
        raise CommandError(f"This database is too old: {error}") from error
    except DatabaseError as error:
        raise CommandError(f"The database cannot be opened: {error}".strip()) from error
    version = ".".join(map(str, connection.get_database_version()))
    say(f"  Python {platform.python_version()}, {connection.display_name} {version}")


def refuse_missing_migrations() -> None:
    """Production never changes its tables by surprise: whoever upgrades makes a backup first."""
    missing = pending_migrations()
    if missing:
        raise CommandError(
            f"The database lacks {len(missing)} migrations. Make a backup, then run "
            "“manage.py migrate” (and on a new database “manage.py load_reference”)."
        )


def refuse_demo_accounts() -> None:
    """Demo accounts have passwords that everybody can read."""
    known = [login.email for login in LOGINS]
    if get_user_model().objects.filter(email__in=known).exists():
        raise CommandError(
            "This database holds the demo programme, whose passwords are public. "
            "Start production with an empty database."
        )


def load_data(say: Say) -> None:
    """Reference data into a database without goals, the demo programme into an empty one."""
    if not apps.get_model("sdg", "Goal").objects.exists():
        with step(say, "Goals, topics, offices and cities"):
            call_command("load_reference", stdout=io.StringIO())
    if settings.DEMO and not get_user_model().objects.exists():
        with step(say, "Demo programme"):
            call_command("load_demo", stdout=io.StringIO())


def make_folders() -> None:
    """Folders below DATA_DIR that the processes write into."""
    for folder in (str(settings.MAILBOX_DIR), str(settings.MEDIA_ROOT), *broker_folders()):
        Path(folder).mkdir(parents=True, exist_ok=True)


def broker_folders() -> set[str]:
    """The folders of the file broker; none with another broker."""
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    names = ("data_folder_in", "data_folder_out", "control_folder")
    return {str(options[name]) for name in names if name in options}


def tidy_broker() -> None:
    """Empty the file broker's folders and bind its queues before anybody sends or receives."""
    make_folders()
    if not broker_folders():
        return
    broker.clear(*broker_folders())
    with app.connection_for_write() as messages:
        for queue in app.amqp.queues.values():
            queue(messages.default_channel).declare()
