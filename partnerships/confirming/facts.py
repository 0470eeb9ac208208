"""The facts that cities share and confirm one by one: a table of how each is read and shown.

A value is what JSON can hold: text, a number, a list of short names, or ``None`` (not known).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sdg.models import Topic

from ..models import Office, Organisation, Partnership, PartnershipTopic

Value = Any
GOING_ON, ENDED = "going_on", "ended"
#: Where topics come from that a city named when it registered the partnership.
SOURCE_OF_TOPICS = "registration"


@dataclass(frozen=True)
class Fact:
    """One shared fact. ``write`` changes the partnership, which its caller saves."""

    name: str
    label: Any
    read: Callable[[Partnership], Value]
    write: Callable[[Partnership, Value], None]
    show: Callable[[Value], str]
    #: Whether pages ask for it; the others follow from what else was said.
    is_asked: bool = True

    def shown(self, value: Value) -> str:
        """The value in the reader's language."""
        return self.show(value) if value not in (None, "", []) else _("not known")


def _slugs(related: Any) -> list[str]:
    return sorted(related.order_by().values_list("slug", flat=True))


def _named(model: type[models.Model], name: str) -> Callable[[Value], str]:
    """Shows short names by the full ones of their catalogue."""

    def show(slugs: Iterable[str]) -> str:
        found = model._default_manager.filter(slug__in=list(slugs))
        return ", ".join(str(getattr(one, name)) for one in found)

    return show


def _write_year(partnership: Partnership, value: Value) -> None:
    partnership.year_established, partnership.year_is_uncertain = value, False


def _write_kind(partnership: Partnership, value: Value) -> None:
    partnership.kind = value


def _write_agreed_on(partnership: Partnership, value: Value) -> None:
    partnership.agreed_on = dt.date.fromisoformat(value) if value else None


def _write_signatories(partnership: Partnership, value: Value) -> None:
    partnership.signatories.set(Office.objects.filter(slug__in=value or []))


def _write_organisations(partnership: Partnership, value: Value) -> None:
    partnership.organisations.set(Organisation.objects.filter(slug__in=value or []))


def _write_topics(partnership: Partnership, value: Value) -> None:
    wanted = set(Topic.objects.filter(slug__in=value or []))
    links = partnership.topic_links.select_related("topic")
    have = {link.topic: link for link in links}
    for topic, link in have.items():
        if topic not in wanted:
            link.delete()
    PartnershipTopic.objects.bulk_create(
        PartnershipTopic(partnership=partnership, topic=topic, source=SOURCE_OF_TOPICS)
        for topic in wanted - have.keys()
    )


def _write_status(partnership: Partnership, value: Value) -> None:
    if value == ENDED:
        partnership.state = Partnership.State.ENDED


def _show_date(value: Value) -> str:
    return formats.date_format(dt.date.fromisoformat(value), "DATE_FORMAT")


def _show_kind(value: Value) -> str:
    return str(Partnership.Kind(value).label)


_FACTS = (
    Fact("kind", gettext_lazy("Kind of link"), lambda p: p.kind, _write_kind, _show_kind),
    Fact("year", gettext_lazy("Since"), lambda p: p.year_established, _write_year, str),
    Fact(
        "agreed_on",
        gettext_lazy("Date of the agreement"),
        lambda p: p.agreed_on.isoformat() if p.agreed_on else None,
        _write_agreed_on,
        _show_date,
    ),
    Fact(
        "signatories",
        gettext_lazy("Signed by (offices held)"),
        lambda p: _slugs(p.signatories),
        _write_signatories,
        _named(Office, "title"),
    ),
    Fact(
        "organisations",
        gettext_lazy("Organisations involved"),
        lambda p: _slugs(p.organisations),
        _write_organisations,
        _named(Organisation, "name"),
    ),
    Fact(
        "topics",
        gettext_lazy("Topics"),
        lambda p: _slugs(p.topics),
        _write_topics,
        _named(Topic, "name"),
    ),
    Fact(
        "status",
        gettext_lazy("The partnership"),
        lambda p: ENDED if p.state == Partnership.State.ENDED else GOING_ON,
        _write_status,
        lambda value: _("has ended") if value == ENDED else _("goes on"),
        is_asked=False,
    ),
)
FACTS = {fact.name: fact for fact in _FACTS}
ASKED = tuple(fact for fact in _FACTS if fact.is_asked)


def values_of(partnership: Partnership) -> dict[str, Value]:
    """Every fact as the partnership has it now."""
    return {name: fact.read(partnership) for name, fact in FACTS.items()}


def write(partnership: Partnership, values: dict[str, Value]) -> list[str]:
    """Write what differs from what is stored, in the caller's transaction; returns the names."""
    before = values_of(partnership)
    changed = [name for name, value in values.items() if before[name] != value]
    for name in changed:
        FACTS[name].write(partnership, values[name])
    if changed:
        partnership.save()
    return changed
