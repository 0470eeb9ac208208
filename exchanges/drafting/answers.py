"""The answers of the self-check that travelled along in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..models import Call

#: What the questions are called in the address.
NAMES = ("country", "partner", "format", "days", "departments", "youth")


def answers_in(query: Mapping[str, str], call: Call) -> dict[str, Any]:
    """The answers, numbers as numbers; short texts only, since strangers write addresses."""
    if query.get("call", call.slug) != call.slug:
        return {}
    found: dict[str, Any] = {}
    for name in NAMES:
        value = query.get(name, "")[:20]
        if value.isascii() and value.isdigit():
            found[name] = int(value[:3])
        elif value:
            found[name] = value
    return found
