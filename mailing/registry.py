"""The kinds of mail there are. Apps register theirs in ``AppConfig.ready()``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from .models import Mail


@dataclass(frozen=True)
class Links:
    """What ``finish`` returns for a mail that is still wanted.

    ``texts`` fills the ``[[name]]`` placeholders of text and HTML; ``headers`` are added to
    the message (for instance List-Unsubscribe).
    """

    texts: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stale:
    """What ``finish`` returns for a mail nobody needs any more, with a machine-readable reason."""

    reason: str


#: Gets the mail and what it is about: see ``Kind.about``.
Finish = Callable[["Mail", Any], Links | Stale]


def _nothing_to_add(mail: Mail, about: Any) -> Links:
    return Links()


@dataclass(frozen=True)
class Kind:
    """One kind of mail.

    ``about`` makes the query for what such mails are about, with all that ``finish`` needs;
    ``finish`` gets the object, or ``None`` where there is none; ``about_one`` reads a single one
    by its primary key, where that is cheaper (answers are confirmed one at a time).
    ``when_uncertain`` says what happens after a crash between handing over and the server's
    answer: ``resend`` once with the same Message-ID and a flag, or ``wait`` for a person.
    ``essential`` mails go to opted-out addresses, too (answers to somebody's own action).
    ``erase_when_sent`` drops the body at once (sign-in codes).
    """

    key: str
    label: Any
    finish: Finish = _nothing_to_add
    about: Callable[[], QuerySet[Any]] | None = None
    about_one: Callable[[int], Any] | None = None
    when_uncertain: Literal["resend", "wait"] = "resend"
    essential: bool = False
    erase_when_sent: bool = False


_KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    for kind in kinds:
        _KINDS[kind.key] = kind


def kind_of(key: str) -> Kind:
    """The registered kind; raises ``LookupError`` for an unknown key."""
    try:
        return _KINDS[key]
    except KeyError:
        raise LookupError(f"mail kind {key!r} is not registered") from None


def kinds() -> list[Kind]:
    return sorted(_KINDS.values(), key=lambda kind: kind.key)
