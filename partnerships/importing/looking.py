"""A dry run: what a file holds and what would become of each row; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import Import
from ..registry import Registry
from . import columns, reading
from .columns import Layout
from .planning import Plan, plan
from .reading import Table


@dataclass
class Look:
    """``registry`` is what the plan was made with: cities it found are saved with it."""

    table: Table
    layout: Layout
    plan: Plan
    registry: Registry


def look(content: bytes, name: str) -> Look:
    """Find out encoding, separator and columns; raises ``ValidationError`` for no such table."""
    table = reading.read(content, name)
    return _look(table, columns.layout_of(table.rows))


def look_again(draft: Import) -> Look:
    """The dry run of a file that waits, with the encoding, separator and columns staff chose."""
    return _look(table_of(draft), Layout(draft.header, draft.columns))


def table_of(draft: Import) -> Table:
    return reading.read(
        bytes(draft.content), draft.file_name, encoding=draft.encoding, separator=draft.separator
    )


def _look(table: Table, layout: Layout) -> Look:
    columns.check(layout)
    registry = Registry()
    return Look(table, layout, plan(table.rows, layout, registry), registry)
