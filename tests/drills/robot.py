"""Reads forms out of a page and fills them in as they stand, as a button-pressing robot does."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class FoundForm:
    """A form that posts: where to, and what a browser would send if nobody touched it."""

    action: str
    values: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FoundForm] = []
        self._form: FoundForm | None = None
        self._area = ""

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in found}
        if tag == "form":
            self._form = FoundForm(given.get("action", ""))
            if given.get("method", "").lower() == "post":
                self.forms.append(self._form)
        elif self._form is None or not given.get("name"):
            return
        elif tag == "textarea":
            self._area = given["name"]
            self._form.values[self._area] = ""
        elif tag in ("input", "button"):
            by_choice = given.get("type") in ("radio", "checkbox")
            if not by_choice or "checked" in given:
                self._form.values[given["name"]] = given.get("value", "on" if by_choice else "")

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form.values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = ""


def forms(page: str) -> list[FoundForm]:
    """All forms of a page that post."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
