"""The journal's vocabulary: apps register a sentence for each verb in ``AppConfig.ready()``."""

from __future__ import annotations

from typing import Any

_SENTENCES: dict[str, Any] = {}


def register(sentences: dict[str, Any]) -> None:
    """Add lazy sentences by verb, e.g. ``{"events.invited": _("Invited %(count)s people")}``."""
    _SENTENCES.update(sentences)


def known() -> frozenset[str]:
    return frozenset(_SENTENCES)


def sentence(verb: str, facts: dict[str, Any]) -> str:
    """The sentence for ``verb`` filled with ``facts``; the bare verb if nobody registered it."""
    template = str(_SENTENCES.get(verb, verb))
    try:
        return template % facts
    except (KeyError, ValueError, TypeError):
        return template
