"""The texts a new portal starts with; from then on staff keep them in the administration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from django.db import models

from .models import NewsItem, Page

TEXTS = Path(__file__).parent / "texts"


def read(path: Path) -> dict[str, str]:
    """A text file's head (``key: value`` lines up to the first empty one) and its ``body``."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    values = dict(line.split(": ", 1) for line in head.splitlines())
    return {**values, "body": body.strip()}


def load_pages() -> int:
    """Create pages and news that are missing; returns how many. What staff keep is not touched."""
    created = 0
    for path in sorted(TEXTS.glob("*.de.md")):
        created += _load(Page, path, ("title", "lead", "body"), _page_values)
    for path in sorted((TEXTS / "news").glob("*.de.md")):
        created += _load(NewsItem, path, ("title", "teaser", "body"), _news_values)
    return created


def _load(
    model: type[models.Model],
    path: Path,
    fields: tuple[str, ...],
    rest: Callable[[dict[str, str]], dict[str, object]],
) -> int:
    slug = path.name.removesuffix(".de.md")
    if model._default_manager.filter(slug=slug).exists():
        return 0
    german, english = read(path), read(path.with_name(f"{slug}.en.md"))
    texts = {f"{name}_de": german[name] for name in fields}
    texts |= {f"{name}_en": english[name] for name in fields}
    model._default_manager.create(slug=slug, **texts, **rest(german))
    return 1


def _page_values(head: dict[str, str]) -> dict[str, object]:
    return {"place": head["place"], "position": int(head["position"])}


def _news_values(head: dict[str, str]) -> dict[str, object]:
    day = dt.date.fromisoformat(head["date"])
    return {"published_at": dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)}
