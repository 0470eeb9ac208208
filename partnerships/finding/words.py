"""The words of a search: each stands for letters in a city's name, or for topics.

“Schwammstadt”, “sponge city” and “Starkregen” mean the same topic. Topics are few, so the
words are looked up among their names and other spellings, and the rows are asked for the
topics' keys: nothing has to be rewritten when somebody adds a spelling.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q

from ..derived import SEPARATOR
from ..folding import a_form, e_form, search_terms

#: A shorter word has to be the whole word in a topic's name; a longer one may begin it.
SHORTEST_BEGINNING = 4


@dataclass(frozen=True)
class Word:
    """A word as it stands in ``search_text``, and the keys of the topics it may mean."""

    term: str
    topics: frozenset[str] = frozenset()


def understood(words: str, spellings: Mapping[str, Iterable[str]]) -> list[Word]:
    """The words of a search; ``spellings`` holds each topic's names by its key.

    Where several words together stand in one spelling (“sponge city”), only topics that have
    the most of them together are meant: not every topic with a “city” in it.
    """
    terms = search_terms(words)
    best: dict[str, tuple[int, set[str]]] = {term: (1, set()) for term in terms}
    for topic, names in spellings.items():
        for name in names if terms else ():
            together = [term for term in terms if _stands_in(term, name)]
            for term in together:
                if len(together) > best[term][0]:
                    best[term] = (len(together), {topic})
                elif len(together) == best[term][0]:
                    best[term][1].add(topic)
    return [Word(term, frozenset(best[term][1])) for term in terms]


def fits(word: Word) -> Q:
    """Partnerships of a city, or with a topic, that the word names."""
    found = Q(search_text__contains=word.term)
    for topic in word.topics:
        found |= Q(facet_topics__contains=f"{SEPARATOR}{topic}{SEPARATOR}")
    return found


def _stands_in(term: str, name: str) -> bool:
    begins = len(term) >= SHORTEST_BEGINNING
    return (f" {term}" if begins else f" {term} ") in _words(name)


@lru_cache(maxsize=4096)
def _words(name: str) -> str:
    """The words of a spelling in both forms, with a space before and after each."""
    return f" {e_form(name)} {a_form(name)} "
