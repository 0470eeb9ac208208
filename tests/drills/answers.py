"""Reads the portal's answers: what they say, which page said it, and why it failed."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

from django.urls import Resolver404, resolve
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent.parent


def text(response: Any) -> str:
    """The body as text; a streamed one is read once and kept."""
    if response.streaming:
        content = b"".join(response.streaming_content)
        response.streaming_content = [content]
    else:
        content = response.content
    return str(content.decode(errors="replace"))


def view_of(path: str) -> str:
    """The name of the URL, so that a report names no id."""
    path = path.partition("?")[0]
    with translation.override("en" if path.startswith("/en/") else "de"):
        try:
            return resolve(path).view_name
        except (Resolver404, ValueError):
            return "nowhere"


def cause(response: Any) -> str:
    """The exception behind an answer of 500, and where in our own code it came up."""
    if not response.exc_info:
        return "no exception"
    error = response.exc_info[1]
    frames = traceback.extract_tb(error.__traceback__)
    ours = [one for one in frames if _is_ours(Path(one.filename))]
    place = (ours or frames)[-1]
    return f"{type(error).__name__} in {Path(place.filename).name}:{place.name}"


def _is_ours(file: Path) -> bool:
    return file.is_relative_to(ROOT) and "site-packages" not in file.parts
