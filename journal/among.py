"""``field in (…)`` with any number of keys as one value, so that a statement's text is fixed."""

from __future__ import annotations

from typing import Any

from django.db.models import Lookup


class Among(Lookup):
    """``filter(Among(F("about_id"), "3,7,12"))``: whole numbers, joined by commas."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        numbers = "(SELECT value FROM JSON_EACH('[' || %s || ']'))"
        return f"{column} IN {numbers}", [*params, self.rhs]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(STRING_TO_ARRAY(%s, ',')::bigint[])", [*params, self.rhs]
