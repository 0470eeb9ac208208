"""The portal's texts: found in code and templates without gettext's tools, kept in one catalogue.

English texts in the source are the keys; ``locale/de/LC_MESSAGES/django.po`` holds the German
ones. ``manage.py messages`` and the tests use the functions below.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polib
from django.template.base import Lexer, Token, TokenType
from django.utils.text import smart_split, unescape_string_literal
from django.utils.translation import trim_whitespace

TEMPLATE_SUFFIXES = {".html", ".txt", ".xml", ".svg"}
NOT_OURS = {"migrations", "tests", "node_modules", "var", "static", "locale"}
METADATA = {
    "Project-Id-Version": "ude-portal",
    "Language": "de",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
#: Where each gettext function has its arguments: (context, text, plural).
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop"), (None, 0, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}
_LITERAL = r'"(?:[^"\\]|\\.)*"|' + r"'(?:[^'\\]|\\.)*'"
_INLINE = re.compile(rf"(?<![\w.])_\(\s*({_LITERAL})\s*\)")
_STARTS_WITH_LITERAL = re.compile(_LITERAL)
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|\[\[\w+\]\]")


@dataclass(frozen=True)
class Text:
    """A text as the program asks for it; ``plural`` and ``context`` may be empty."""

    msgid: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> str:
        """The key in a fill file: the text, behind its context and U+0004 where it has one."""
        return f"{self.context}\x04{self.msgid}" if self.context else self.msgid


# Finding -----------------------------------------------------------------------------------


def texts_in_python(source: str) -> Iterator[Text]:
    """Constant texts given to Django's gettext functions under whatever name they have here."""
    tree = ast.parse(source)
    names = {name: name for name in FUNCTIONS}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else None
        called = node.func.id if isinstance(node.func, ast.Name) else called
        places = FUNCTIONS.get(names.get(called or "", ""))
        if places and (text := _text_of_call(node, places)):
            yield text


def _text_of_call(node: ast.Call, places: tuple[int | None, int, int | None]) -> Text | None:
    values = []
    for place in places:
        argument = node.args[place] if place is not None and place < len(node.args) else None
        if isinstance(argument, ast.JoinedStr):
            raise ValueError(f"line {node.lineno}: an f-string cannot be translated")
        constant = argument.value if isinstance(argument, ast.Constant) else None
        values.append(constant if isinstance(constant, str) else "")
    context, msgid, plural = values
    return Text(msgid, plural, context) if msgid else None


def texts_in_template(source: str) -> Iterator[Text]:
    """Texts of ``translate``, ``blocktranslate`` and ``_("…")`` in a Django template."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type not in (TokenType.BLOCK, TokenType.VAR):
            continue
        for literal in _INLINE.findall(token.contents):
            yield Text(_unquoted(literal))
        if token.token_type is not TokenType.BLOCK:
            continue
        tag, _, rest = token.contents.partition(" ")
        if tag == "comment":
            _until(tokens, "endcomment")
        elif tag in ("translate", "trans"):
            if literal := _STARTS_WITH_LITERAL.match(rest.strip()):
                yield Text(_unquoted(literal.group()), context=_context(rest))
        elif tag in ("blocktranslate", "blocktrans"):
            yield _block(rest, _until(tokens, "endblocktranslate", "endblocktrans"))


def _block(options: str, inside: list[Token]) -> Text:
    parts: list[list[str]] = [[]]
    for token in inside:
        if token.token_type is TokenType.TEXT:
            parts[-1].append(token.contents.replace("%", "%%"))
        elif token.token_type is TokenType.VAR:
            parts[-1].append(f"%({token.contents})s")
        elif token.contents.strip() == "plural":
            parts.append([])
    texts = ["".join(part) for part in parts]
    if "trimmed" in options.split():
        texts = [trim_whitespace(text) for text in texts]
    return Text(texts[0], texts[1] if len(texts) > 1 else "", _context(options))


def _until(tokens: Iterator[Token], *ends: str) -> list[Token]:
    inside = []
    for token in tokens:
        if token.token_type is TokenType.BLOCK and token.contents.strip() in ends:
            return inside
        inside.append(token)
    raise ValueError(f"{{% {ends[0]} %}} is missing")


def _unquoted(literal: str) -> str:
    return unescape_string_literal(literal).replace("%", "%%")


def _context(options: str) -> str:
    bits = list(smart_split(options))
    following = dict(itertools.pairwise(bits)).get("context", "")
    return unescape_string_literal(following) if following[:1] in {'"', "'"} else ""


def collect(root: Path) -> dict[Text, list[str]]:
    """Every text below ``root`` with the files that use it; raises ValueError naming the file."""
    found: dict[tuple[str, str], tuple[Text, set[str]]] = {}
    for path in _sources(root):
        place = path.relative_to(root).as_posix()
        read = texts_in_python if path.suffix == ".py" else texts_in_template
        try:
            texts = list(read(path.read_text(encoding="utf-8")))
        except (ValueError, SyntaxError) as error:
            raise ValueError(f"{place}: {error}") from error
        for text in texts:
            known, places = found.setdefault((text.context, text.msgid), (text, set()))
            if text.plural and not known.plural:
                found[text.context, text.msgid] = (text, places)
            places.add(place)
    return {text: sorted(places) for text, places in found.values()}


def _sources(root: Path) -> Iterator[Path]:
    packages = [path.parent for path in root.glob("*/__init__.py")]
    for folder in [*packages, root / "templates"]:
        for path in sorted(folder.rglob("*")):
            inside = set(path.relative_to(root).parts[:-1])
            if inside & NOT_OURS or not path.is_file():
                continue
            if path.suffix == ".py" or (path.suffix in TEMPLATE_SUFFIXES and "templates" in inside):
                yield path


# Keeping -----------------------------------------------------------------------------------


def merge(old: polib.POFile, found: Mapping[Text, list[str]]) -> polib.POFile:
    """A catalogue of exactly the texts in use, sorted, with the translations ``old`` had."""
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in old}
    merged = polib.POFile(wrapwidth=98)
    merged.metadata = dict(METADATA)
    for text in sorted(found, key=lambda text: (text.msgid, text.context)):
        entry = polib.POEntry(
            msgid=text.msgid,
            msgid_plural=text.plural,
            msgctxt=text.context or None,
            occurrences=[(place, "") for place in found[text]],
        )
        before = known.get((text.context, text.msgid))
        put(entry, translations(before) if before and not before.fuzzy else [])
        merged.append(entry)
    return merged


def translations(entry: polib.POEntry) -> list[str]:
    """The German forms of an entry: one, or singular and plural."""
    if entry.msgid_plural:
        return [entry.msgstr_plural.get(0, ""), entry.msgstr_plural.get(1, "")]
    return [entry.msgstr]


def put(entry: polib.POEntry, forms: list[str]) -> None:
    """Store the forms when their number fits the entry; else leave it empty."""
    if entry.msgid_plural:
        fits = forms if len(forms) == 2 else ["", ""]
        entry.msgstr_plural = dict(enumerate(fits))
    else:
        entry.msgstr = forms[0] if len(forms) == 1 else ""


def fill(
    catalogue: polib.POFile, given: Mapping[str, str | list[str]], *, overwrite: bool = False
) -> tuple[int, list[str]]:
    """Put given translations into empty entries; returns (number filled, keys nobody uses)."""
    filled, unused = 0, dict(given)
    for entry in catalogue:
        value = unused.pop(Text(entry.msgid, context=entry.msgctxt or "").key, None)
        if value is None or (not overwrite and all(translations(entry))):
            continue
        before = translations(entry)
        put(entry, [value] if isinstance(value, str) else list(value))
        filled += translations(entry) != before
    return filled, sorted(unused)


# Checking ----------------------------------------------------------------------------------


def problems(catalogue: polib.POFile, found: Mapping[Text, list[str]]) -> list[str]:
    """One sentence for each text that is missing, empty, marked fuzzy or has other placeholders."""
    known: dict[tuple[str, str], Any] = {(e.msgctxt or "", e.msgid): e for e in catalogue}
    sentences = []
    for text, places in found.items():
        entry = known.get((text.context, text.msgid))
        fault = _fault(entry, text)
        if fault:
            sentences.append(f"{places[0]}: “{text.msgid}” {fault}")
    return sorted(sentences)


def _fault(entry: polib.POEntry | None, text: Text) -> str:
    if entry is None or (entry.msgid_plural or "") != text.plural:
        return "is not in the catalogue (run make messages)"
    forms = translations(entry)
    if entry.fuzzy or not all(forms):
        return "has no German translation"
    wanted = _placeholders(text.plural or text.msgid)
    if _placeholders(forms[-1]) != wanted or not _placeholders(forms[0]) <= wanted:
        return f"has other placeholders in German: it needs {', '.join(sorted(wanted)) or 'none'}"
    return ""


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text.replace("%%", "")))
