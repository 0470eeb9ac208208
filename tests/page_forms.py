"""The forms a page holds, read from its HTML as a browser would, ready to be filled and sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

#: Kinds of controls into which people type, so that a refusal must show them again.
TYPED = {"text", "textarea", "email", "url", "search", "number", "date", "time", "datetime-local"}


@dataclass
class Control:
    """``kind`` is the type of an input, or ``select`` or ``textarea``."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)


@dataclass
class PageForm:
    """A form that posts to ``action``, an address without a host."""

    action: str
    controls: list[Control] = field(default_factory=list)

    def filled(self, text: str, kinds: set[str] = TYPED) -> dict[str, Any]:
        """What the browser sends after ``text`` was typed into every control of these kinds."""
        sent = {one.name: one.values for one in self.controls if one.values}
        return sent | {one.name: [text] for one in self.controls if one.kind in kinds}

    def names(self, kinds: set[str] = TYPED) -> list[str]:
        return [one.name for one in self.controls if one.kind in kinds]


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[PageForm] = []
        self.open: PageForm | None = None
        self.control: Control | None = None

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attrs = dict(pairs)
        if tag == "form" and attrs.get("method", "").lower() == "post":
            self.open = PageForm(urljoin(self.address, attrs.get("action") or ""))
            self.forms.append(self.open)
        elif self.open and attrs.get("name") and tag in {"input", "select", "textarea"}:
            self._add(tag, attrs)
        elif tag == "option" and self.control and "selected" in attrs:
            self.control.values.append(attrs.get("value") or "")

    def _add(self, tag: str, attrs: dict[str, str | None]) -> None:
        kind = (attrs.get("type") or "text").lower() if tag == "input" else tag
        control = Control(str(attrs["name"]), kind)
        if "__prefix__" in control.name:  # the admin's pattern for rows still to be added
            return
        if tag != "input":
            self.control = control
        elif kind not in {"checkbox", "radio"}:
            control.values = [attrs.get("value") or ""]
        elif "checked" in attrs:
            control.values = [attrs.get("value") or "on"]
        if self.open and kind not in {"file", "submit", "button"}:
            self.open.controls.append(control)

    def handle_data(self, data: str) -> None:
        if self.control and self.control.kind == "textarea":
            self.control.values = ["".join([*self.control.values, data])]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag in {"select", "textarea"}:
            self.control = None


def forms_of(html: str, address: str) -> list[PageForm]:
    """Every form of the page at ``address`` that posts."""
    reader = _Reader(address)
    reader.feed(html)
    return reader.forms
