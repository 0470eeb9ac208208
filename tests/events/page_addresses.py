"""Addresses of the events' pages, whatever language the request before left active."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation


def address(name: str, *args: Any, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"events:{name}", args=args)
