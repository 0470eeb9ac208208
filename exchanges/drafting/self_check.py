"""What the answers of a call's self-check already say about the application."""

from __future__ import annotations

from typing import Any

from ..models import Application


def from_self_check(answers: dict[str, Any]) -> dict[str, Any]:
    """``format`` (a value of ``Application.Format``), ``days`` (of the visit; 0 where nobody
    said) and ``youth`` (whether a youth delegate comes along).

    Answers that are missing or make no sense are passed over.
    """
    format, days = answers.get("format"), answers.get("days")
    return {
        "format": format if format in Application.Format.values else Application.Format.IN_PERSON,
        "days": days if isinstance(days, int) and 0 < days <= 60 else 0,
        "youth": answers.get("youth") == "yes",
    }
