"""Releasing the drafts of a call together: first a dry run, then one transaction for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from .. import policies
from ..actors import Actor
from ..models import Call, Decision, Review
from ..policies import Action
from . import operations
from .operations.releasing import check_release


@dataclass(frozen=True)
class Item:
    """A draft and what would become of it; ``refusal`` says why it would stay one."""

    decision: Decision
    refusal: str = ""

    @property
    def is_ready(self) -> bool:
        return not self.refusal


def drafts(call: Call, by: Actor) -> list[Decision]:
    """The call's drafts with all that letters and checks need, in the order of references.

    Cases from which somebody is recused are not theirs to read or to release.
    """
    recused = Review.objects.filter(reviewer=by.user, state=Review.State.RECUSED)
    found = Decision.objects.filter(application__call=call, released_at__isnull=True)
    found = found.exclude(application__in=recused.values("application"))
    found = found.select_related("application__call", "application__partnership", "drafted_by")
    return list(found.prefetch_related("blocks", "conditions").order_by("application__ref"))


def dry_run(call: Call, by: Actor) -> list[Item]:
    """What releasing every draft now would do; changes nothing."""
    return [Item(draft, _refusal(draft, by)) for draft in drafts(call, by)]


def release_all(chosen: Iterable[tuple[Decision, int]], by: Actor) -> list[Item]:
    """Release each chosen draft in the version that was read; what is refused stays a draft.

    Each is a transaction of its own, so that a machine that stops half way leaves whole
    decisions behind: state, letters and mails of some, nothing of the others.
    """
    return [_release(decision, version, by) for decision, version in chosen]


def _release(decision: Decision, version: int, by: Actor) -> Item:
    try:
        released = operations.release(decision=decision, seen_version=version, by=by)
    except ValidationError as refusal:
        return Item(decision, " ".join(refusal.messages))
    return Item(released)


def _refusal(draft: Decision, by: Actor) -> str:
    try:
        policies.check(Action.RELEASE, draft.application, by.who)
        check_release(draft.application, draft, by)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""
