"""What other rooms show on the page of an application. They register in their ``urls``.

A panel belongs above the parts (what is missing, what is asked) or below them (what came of it).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from ..door import Case


@dataclass(frozen=True)
class Panel:
    """``context`` returns what ``template`` needs, or ``None`` where there is nothing to show.

    The template is included with ``case``, ``application`` and the context.
    """

    name: str
    template: str
    context: Callable[[Case], dict[str, Any] | None]
    place: Literal["above", "below"] = "above"
    order: int = 50


_PANELS: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    _PANELS[panel.name] = panel


def shown(case: Case, place: str) -> list[dict[str, Any]]:
    """Template and context of every panel that has something to say."""
    panels = sorted(_PANELS.values(), key=lambda panel: panel.order)
    found = [(panel, panel.context(case)) for panel in panels if panel.place == place]
    return [{"template": p.template, **context} for p, context in found if context is not None]
