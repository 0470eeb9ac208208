"""What people write into cells: names, years, kinds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ..folding import e_form
from ..models import Partnership
from .reasons import Reason, Refused

#: Cells that say that nothing is known; compared folded.
NOTHING = {"", "k a", "ka", "n a", "na", "keine angabe", "unbekannt", "unknown", "nicht bekannt"}
EARLIEST_YEAR = 1900

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_WORDS_FOR = {
    Partnership.Kind.PARTNERSHIP: (
        *("Partnerschaft", "Städtepartnerschaft", "Partnerstadt", "Gemeindepartnerschaft"),
        *("Kommunalpartnerschaft", "Kreispartnerschaft", "Partnerschaftsvertrag", "Jumelage"),
        *("partnership", "twinning", "town twinning", "twin town"),
        *("sister city", "sister cities", "sister city partnership"),
    ),
    Partnership.Kind.FRIENDSHIP: (
        *("Freundschaft", "Städtefreundschaft", "Freundschaftsvertrag", "Patenschaft"),
        *("Städtepatenschaft", "friendship", "friendship agreement", "friendship city"),
    ),
    Partnership.Kind.CONTACT: (
        *("Kontakt", "Kontakte", "Städtekontakt", "lose Kontakte", "freundschaftlicher Kontakt"),
        *("contact", "contacts"),
    ),
    Partnership.Kind.PROJECT: (
        *("Projekt", "Projektpartnerschaft", "Klimapartnerschaft", "Kooperation"),
        *("Kooperationsvertrag", "project", "project partnership", "cooperation"),
    ),
}
#: The vocabulary of the RGRE as people write it, folded.
KINDS = {e_form(word): kind for kind, words in _WORDS_FOR.items() for word in words}
_PATENSCHAFT = {"patenschaft", "staedtepatenschaft"}

_FULL_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_YEAR_AND_HALF = re.compile(r"[0-9]{4}\s*[/–—-]\s*[0-9]{1,2}(?![0-9./-])")
_TIME_OF_DAY = re.compile(r"[t ][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?$")
_MONTHS = (
    "jan januar january feb februar february mär märz mrz mar march apr april mai may jun juni june"
    " jul juli july aug august sep sept september okt oktober oct october nov november dez"
    " dezember dec december"
)
_ABOUT = {
    *("ca", "circa", "zirka", "c", "um", "etwa", "ungefähr", "rund", "vermutlich"),
    *("about", "around", "approx", "approximately"),
}
_BESIDE_A_YEAR = {
    *_MONTHS.split(),
    *_ABOUT,
    *("seit", "ab", "since", "in", "im", "jahr", "jahre", "year", "vom", "von", "am"),
    *("der", "dem", "den"),
    *("of", "from", "the", "th", "st", "nd", "rd", "gegründet", "gegr", "established", "est"),
    *("urkunde", "vertrag", "unterzeichnet"),
}


def cleaned(text: str) -> str:
    """Without spaces, tabs and no-break spaces at the ends, and without characters nobody sees."""
    return _INVISIBLE.sub("", text).strip()


@lru_cache(maxsize=2000)
def is_nothing(text: str) -> bool:
    """Empty, a lone dash, or words for *unknown*."""
    return e_form(text) in NOTHING


@dataclass(frozen=True)
class Year:
    """A year; ``None`` where the cell is empty or says more than one thing."""

    value: int | None = None
    is_uncertain: bool = False
    notice: Reason | None = None


def year(text: str, *, this_year: int) -> Year:
    """``1964``, ``seit 1964``, ``28.11.1988``, ``27. Juni 1967``, ``Okt. 2017``, ``ca. 1967``.

    What cannot be read as one year (``1977/78``, ``90``) stays empty with a notice. Raises
    ``Refused`` for a year before 1900 or in the future.
    """
    if is_nothing(text):
        return Year()
    plain = _TIME_OF_DAY.sub("", unicodedata.normalize("NFKC", text).casefold().strip())
    found = set(_FULL_YEAR.findall(plain))
    if len(found) != 1 or _YEAR_AND_HALF.search(plain) or not _is_one_date(plain):
        code = "two_years" if len(found) > 1 or _YEAR_AND_HALF.search(plain) else "year_unclear"
        return Year(notice=Reason(code, year=text[:60]))
    value = int(found.pop())
    if not EARLIEST_YEAR <= value <= this_year:
        raise Refused(Reason("year_impossible", year=value, this_year=this_year))
    if _ABOUT & set(_tokens(plain)) or re.search("[?~≈±]", plain):
        return Year(value, is_uncertain=True, notice=Reason("year_uncertain", year=value))
    return Year(value)


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+|[0-9]+", _FULL_YEAR.sub(" ", text, count=1))


def _is_one_date(text: str) -> bool:
    """Whether beside the year there are only a day, a month and words that belong to a date.

    A formula's text is no date: nobody has worked it out.
    """
    if text.startswith("="):
        return False
    tokens = _tokens(text)
    numbers = [int(token) for token in tokens if token.isdigit()]
    if any(token not in _BESIDE_A_YEAR for token in tokens if not token.isdigit()):
        return False
    if len(numbers) == 2:
        return min(numbers) <= 12 and max(numbers) <= 31
    return not numbers or (len(numbers) == 1 and numbers[0] <= 31)


@dataclass(frozen=True)
class Kind:
    """A kind of partnership; ``is_open`` where a person must say which one is meant."""

    value: str
    is_given: bool = True
    is_open: bool = False
    notice: Reason | None = None


@lru_cache(maxsize=2000)
def kind(text: str) -> Kind:
    """The kind by the vocabulary of the RGRE; a *Patenschaft* is a friendship with a notice."""
    folded = e_form(text)
    if is_nothing(text):
        return Kind(Partnership.Kind.PARTNERSHIP, is_given=False)
    if folded not in KINDS:
        return Kind("", is_open=True, notice=Reason("kind_unknown", kind=text[:60]))
    notice = Reason("kind_patenschaft") if folded in _PATENSCHAFT else None
    return Kind(KINDS[folded], notice=notice)
