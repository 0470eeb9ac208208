"""Switches guards of the portal off, for negative controls: only in a drill's own processes.

Guards that live in the database (constraints) are dropped by ``drop_constraint`` in the
drill's own database.
"""

from __future__ import annotations

import dataclasses
import time
import uuid
from typing import Any

from django.db import connection, models
from django.test import override_settings

from events import mails, operations, seats
from events.operations import reminding
from mailing import claims, delivery, restoring
from partnerships.directory_query import Query
from ude_portal import account_mails
from ude_portal.access import ACCESS, Rule
from ude_portal.adapters import AccountAdapter

from . import late_guards


def _forget_row_locks() -> None:
    def without_lock(self: Any, **options: Any) -> Any:
        return self.all()

    models.QuerySet.select_for_update = without_lock


def without_seat_lock() -> None:
    """No row locks; on SQLite, where the transaction is the lock, no transaction either."""
    _forget_row_locks()
    seats.take = seats.take_as_read
    if connection.vendor == "sqlite":
        operations.answer = operations.answer.__wrapped__


def without_reminder_lock() -> None:
    """Without the lock and with time to think, so that every race is run."""
    _forget_row_locks()
    genuine = reminding.sort_out

    def sort_out_slowly(rule: Any) -> Any:
        found = genuine(rule)
        time.sleep(0.05)
        return found

    reminding.sort_out = sort_out_slowly
    if connection.vendor == "sqlite":
        reminding._apply = reminding._apply.__wrapped__


def without_reminder_key() -> None:
    """Each reminder is a mail of its own, however often it is written."""
    genuine = mails.reminder

    def without_key(*args: Any) -> Any:
        draft = genuine(*args)
        return dataclasses.replace(draft, key=f"{draft.key}:{uuid.uuid4().hex}")

    mails.reminder = without_key


def without_quiet_links() -> None:
    """``acting_links`` adds an address that answers on GET; it needs a row like any other."""
    ACCESS["no_by_get"] = Rule.PUBLIC


def without_closed_outbox() -> None:
    """A restored portal that sends at once what it takes for waiting."""
    restoring.close = lambda **kwargs: 0


def without_careful_pages() -> None:
    """The directory believes that a page's number is one, sign-in that ``next`` is an address."""
    genuine = Query.from_address.__func__

    def from_address(cls: Any, params: Any) -> Any:
        return dataclasses.replace(genuine(cls, params), page=int(params.get("page", "1")))

    Query.from_address = classmethod(from_address)
    del AccountAdapter.is_safe_url


def without_access_table() -> None:
    """Everybody is let in everywhere; the administration still asks for itself."""
    Rule.allows = lambda self, user: True


def without_own_address() -> None:
    """Mails of accounts lead where the request says we are."""
    genuine = account_mails.write

    def write(template: str, to: str, context: dict[str, Any]) -> Any:
        host = f"http://{context['request'].get_host()}"
        with override_settings(SITE_URL=host):
            return genuine(template, to, context)

    account_mails.write = write


OFF = {
    "seat_lock": without_seat_lock,
    "reminder_lock": without_reminder_lock,
    "reminder_key": without_reminder_key,
    "quiet_links": without_quiet_links,
    "closed_outbox": without_closed_outbox,
    "careful_pages": without_careful_pages,
    "access_table": without_access_table,
    "own_address": without_own_address,
    "arrival": late_guards.without_arrival,
    "doorkeeper": late_guards.without_doorkeeper,
    "whole_release": late_guards.without_whole_release,
}


def drop_constraint(model: type[models.Model], name: str) -> None:
    """Drop it from the table and from the model, which SQLite makes the new table of."""
    found = next(one for one in model._meta.constraints if one.name == name)
    model._meta.constraints = [one for one in model._meta.constraints if one is not found]
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, found)


def hurry(divisor: float) -> None:
    """Shorten the waits after a refusal and the rest for a dead server, for small drills."""
    delivery.WAITS = [wait / divisor for wait in delivery.WAITS]
    claims.REST /= divisor
