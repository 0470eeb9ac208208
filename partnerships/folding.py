"""How names are compared and sorted: umlauts in both spellings, DIN 5007-1 for order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Letters that Unicode does not take apart into a base letter and a mark.
_WHOLE = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d"}
_A_FORM = str.maketrans({**_WHOLE, "þ": "th", "ı": "i"})
_E_FORM = str.maketrans(
    {**_WHOLE, "þ": "th", "ı": "i", "ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
)
_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")


def _fold(text: str, letters: dict[int, str]) -> str:
    """Lower-case letters (of any script) and digits, words separated by single spaces."""
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    decomposed = unicodedata.normalize("NFKD", composed.translate(letters))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NEITHER_LETTER_NOR_DIGIT.sub(" ", bare.translate(_A_FORM)).strip()


def e_form(text: str) -> str:
    """``Köln`` as ``koeln``: umlauts written out."""
    return _fold(text, _E_FORM)


def a_form(text: str) -> str:
    """``Köln`` as ``koln``: umlauts without their dots."""
    return _fold(text, _A_FORM)


def search_text(names: Iterable[str]) -> str:
    """Every name in both forms, each once, for a column that is searched with ``contains``."""
    seen = dict.fromkeys(form(name) for name in names if name for form in (e_form, a_form))
    return " | ".join(seen)


def search_terms(query: str) -> list[str]:
    """The words of a query as they stand in ``search_text``, at most eight."""
    return e_form(query).split()[:8]


def sort_key(name: str) -> str:
    """Order of DIN 5007-1: ä sorts as a, ß as ss, case and punctuation do not count."""
    return a_form(name)
