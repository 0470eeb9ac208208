"""When two spellings mean one city: umlauts, Saint and St., ``Halle/Saale``, ``Frankfurt a. M.``"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..folding import e_form

_SAME = {"saint": "st", "sankt": "st", "mount": "mt", "fort": "ft"}
#: Words between a German city's name and what tells it from others of that name.
_JOINERS = {
    *("am", "an", "der", "dem", "den", "im", "in", "bei", "vor", "ob", "auf"),
    *("a", "b", "d", "i", "o", "v"),
}
_TITLE = re.compile(
    r"^(freie und hansestadt|große kreisstadt|landeshauptstadt|universitätsstadt|kreisstadt"
    r"|wissenschaftsstadt|bundesstadt|hansestadt|klingenstadt|gemeinde|markt|stadt"
    r"|city of|town of)\s+",
    re.IGNORECASE,
)
_PLACE_IN_NAME = re.compile(r"^(?P<name>[^,(]+?)\s*[,(]\s*(?P<region>[^,()]+?)\s*\)?$")


def words(name: str, form: Callable[[str], str] = e_form) -> list[str]:
    """The folded words of a name, *Saint* and *Sankt* as ``st``."""
    return [_SAME.get(word, word) for word in form(name).split()]


def short_form(name: str, form: Callable[[str], str] = e_form) -> tuple[str, tuple[str, ...]]:
    """``Frankfurt am Main`` as ``("frankfurt", ("main",))``; no rest where nothing is added."""
    head, *more = re.split(r"[(/,]", name, maxsplit=1)
    found = words(head, form)
    cut = next((n for n, word in enumerate(found) if n and word in _JOINERS), len(found))
    rest = [*found[cut:], *words(" ".join(more), form)]
    return " ".join(found[:cut]), without_joiners(rest)


def without_joiners(rest: list[str]) -> tuple[str, ...]:
    return tuple(word for word in rest if word not in _JOINERS)


def says_the_same(written: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether ``a. M.`` may stand for ``am Main``: word by word, one begins with the other."""
    return len(written) <= len(known) and all(
        mine.startswith(theirs) or theirs.startswith(mine)
        for mine, theirs in zip(written, known, strict=False)
    )


def without_title(name: str) -> str:
    """``Landeshauptstadt Stuttgart`` as ``Stuttgart``."""
    return _TITLE.sub("", name)


def place_in_name(name: str) -> tuple[str, str]:
    """``Rochester, NY`` and ``Rochester (NY)`` as name and region; an empty region otherwise."""
    match = _PLACE_IN_NAME.match(name)
    return (match["name"], match["region"]) if match else (name, "")
