"""Choices that several forms offer."""

from __future__ import annotations

from sdg.models import Topic

from .folding import sort_key


def topics_by_name() -> list[tuple[int, str]]:
    """Keys and names of all topics, sorted as the reader's language names them."""
    found = sorted(Topic.objects.all(), key=lambda topic: sort_key(topic.name))
    return [(topic.pk, topic.name) for topic in found]
