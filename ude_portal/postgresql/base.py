"""The engine ``ude_portal.postgresql``; Django looks for ``DatabaseWrapper`` in this module."""

from __future__ import annotations

import select
from typing import Any

from django.db.backends.postgresql import base, operations
from django.db.backends.postgresql.base import ServerBindingCursor


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> Any:
        """The statement with its values, for logs and tests, whichever way it was sent."""
        if isinstance(cursor, ServerBindingCursor):
            return self.compose_sql(sql, params)
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """Two hot paths of every request are shorter; all else is Django's."""

    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        """Cursors of ``prepared_cursor`` prepare at once; Django's own never do."""
        self.settings_dict["OPTIONS"].setdefault("prepare_threshold", 0)
        return super().get_connection_params()

    def is_usable(self) -> bool:
        """Ask the server only where there is a reason to.

        A server that ends a connection says so, and the socket has something to read. Nothing
        waits on a healthy one between two requests, so the usual answer costs no round trip.
        """
        if self.connection is None or self.errors_occurred or not self._is_quiet():
            return super().is_usable()
        return True

    def prepared_cursor(self) -> Any:
        """A cursor whose statements the server plans once for each connection.

        Only for statements of fixed text: every value is sent apart from it.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        kind: Any = ServerBindingCursor
        with self.wrap_database_errors:
            return self._prepare_cursor(kind(self.connection))

    def _is_quiet(self) -> bool:
        if self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return not poll.poll(0)
