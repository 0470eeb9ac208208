"""Letters: paragraphs from the catalogue, the reason, the conditions, in a city's language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import Application, ApplicationParty, Decision, LetterBlock
from ..sums import euros

#: Countries whose offices get their letters in German.
GERMAN = frozenset({"DE", "AT", "CH"})


def language_of(party: ApplicationParty) -> str:
    """The language of a city's letter."""
    return "de" if party.city.country.code in GERMAN else "en"


def compose(decision: Decision, party: ApplicationParty, language: str) -> tuple[str, str]:
    """Subject and text (Markdown) of a city's letter."""
    with translation.override(language):
        facts = _facts(decision)
        parts = [
            *(_filled(block.text, facts) for block in decision.blocks.all()),
            *_reason(decision),
            *_conditions(decision),
        ]
        return _subject(decision), "\n\n".join(part for part in parts if part)


def defaults(*outcomes: str) -> list[LetterBlock]:
    """The paragraphs chosen at first for these outcomes, and those for every letter."""
    return list(LetterBlock.objects.filter(outcome__in=["", *outcomes], is_default=True))


def _subject(decision: Decision) -> str:
    application = decision.application
    return _("Decision on your application %(ref)s: %(title)s") % {
        "ref": application.ref,
        "title": application.name,
    }


def _facts(decision: Decision) -> dict[str, str]:
    """What placeholders stand for, in the active language."""
    application = decision.application
    cities = [party.city.name for party in application.parties.select_related("city")]
    return {
        "title": application.name,
        "ref": application.ref,
        "amount": euros(decision.amount),
        "cities": _and(cities),
        "report_by": _report_by(application),
        "rank": str(decision.rank or "–"),
    }


def _and(names: list[str]) -> str:
    """“Hamm, Wolfsburg and Chattanooga”."""
    *others, last = names
    if not others:
        return last
    return _("%(cities)s and %(city)s") % {"cities": ", ".join(others), "city": last}


def _report_by(application: Application) -> str:
    if application.ends_on is None:
        return "–"
    days = dt.timedelta(days=application.call.report_within_days)
    return date_format(application.ends_on + days, "DATE_FORMAT")


def _filled(text: str, facts: dict[str, str]) -> str:
    """The text with its placeholders filled; a brace of any other kind stays as it is.

    What cities typed must not become Markdown of the letter, so it is escaped.
    """
    for name, value in facts.items():
        text = text.replace(f"{{{name}}}", plain(value))
    return text


def plain(text: str) -> str:
    """The text as Markdown that shows exactly it."""
    return "".join(
        f"\\{sign}" if sign in _SIGNS else sign for sign in _SPACES.sub(" ", text).strip()
    )


#: Any but the one that keeps a sum on one line.
_SPACES = re.compile(r"[^\S\xa0]+")
_SIGNS = frozenset("\\`*_{}[]()#+-.!<>|~&:@/")


def _reason(decision: Decision) -> Iterator[str]:
    if decision.reason:
        yield "## " + _("Reason")
        yield decision.reason


def _conditions(decision: Decision) -> Iterator[str]:
    conditions = list(decision.conditions.all())
    if not conditions:
        return
    yield "## " + _("Conditions")
    yield "\n".join(
        f"{number}. {plain(one.text)}" + _until(one.due_on)
        for number, one in enumerate(conditions, 1)
    )


def _until(day: dt.date | None) -> str:
    if day is None:
        return ""
    return " " + plain(_("(until %(day)s)") % {"day": date_format(day, "DATE_FORMAT")})
