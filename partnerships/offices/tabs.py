"""The menu of a city's office: pages of its own rooms, and those other apps add.

An app adds its page in ``AppConfig.ready()``; the menu shows them in the order of ``place``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Tab:
    """``name`` marks the page that is open, ``view`` is its URL name, ``place`` its order."""

    name: str
    label: Any
    view: str
    place: int


_TABS: dict[str, Tab] = {}


def register(*tabs: Tab) -> None:
    _TABS.update({tab.name: tab for tab in tabs})


def tabs() -> list[Tab]:
    return sorted(_TABS.values(), key=lambda tab: tab.place)


register(
    Tab("overview", _("Overview"), "office:overview", 10),
    Tab("partnerships", _("Partnerships"), "office:partnerships", 20),
    Tab("topic_index", _("Topics"), "office:topic_index", 30),
    Tab("cards", _("Offers and needs"), "office:cards", 40),
    Tab("posts", _("Posts"), "office:posts", 80),
    Tab("people", _("People"), "office:people", 90),
)
