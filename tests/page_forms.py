"""The forms a page holds, read from its HTML as a browser would, ready to be filled and sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

#: Sent by a browser only when chosen, ticked or pressed.
BY_CHOICE = {"radio", "checkbox", "button", "submit"}
Attributes = dict[str, str]


@dataclass
class Control:
    """All inputs of one name; ``kind`` is an input's type, ``select-multiple`` or the tag.

    ``values`` is what a browser sends if nobody touches it, ``choices`` what may be chosen.
    """

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)


@dataclass
class PageForm:
    """A form that posts to ``action``, an address without a host."""

    action: str
    controls: dict[str, Control] = field(default_factory=dict)

    def untouched(self) -> dict[str, list[str]]:
        """What the browser sends when nobody typed or chose anything and no button has a name."""
        return {one.name: list(one.values) for one in self.controls.values() if one.values}

    def pressed(self) -> dict[str, str]:
        """As a robot sends it: nothing typed, and every button that has a name."""
        buttons = {c.name: c.choices[-1:] for c in self.controls.values() if c.kind == "submit"}
        return {name: values[-1] for name, values in (self.untouched() | buttons).items()}


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[PageForm] = []
        self.open: PageForm | None = None
        self.control: Control | None = None

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attrs = {name: value or "" for name, value in pairs}
        if tag == "form":
            self.open = PageForm(urljoin(self.address, attrs.get("action", "")))
            if attrs.get("method", "").lower() == "post":
                self.forms.append(self.open)
        elif self.open and attrs.get("name") and tag in {"input", "select", "textarea", "button"}:
            self._add(self.open, tag, attrs)
        elif tag == "option" and self.control:
            self._offer(self.control, attrs.get("value", ""), chosen="selected" in attrs)

    def _add(self, form: PageForm, tag: str, attrs: Attributes) -> None:
        name, kind = attrs["name"], _kind_of(tag, attrs)
        if "__prefix__" in name:  # the admin's pattern for rows still to be added
            return
        control = form.controls.setdefault(name, Control(name, kind))
        if tag in {"select", "textarea"}:
            self.control = control
        elif kind in BY_CHOICE:
            self._offer(control, attrs.get("value", "on"), chosen="checked" in attrs)
        elif kind != "file":
            control.values.append(attrs.get("value", ""))

    def _offer(self, control: Control, value: str, *, chosen: bool) -> None:
        control.choices.append(value)
        if chosen:
            control.values.append(value)

    def handle_data(self, data: str) -> None:
        if self.control and self.control.kind == "textarea":
            self.control.values = ["".join([*self.control.values, data])]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag in {"select", "textarea"}:
            self._close()

    def _close(self) -> None:
        """An untouched text area sends an empty value, an untouched select its first option."""
        if self.control and not self.control.values and self.control.kind != "select-multiple":
            self.control.values = self.control.choices[:1] if self.control.choices else [""]
        self.control = None


def _kind_of(tag: str, attrs: Attributes) -> str:
    if tag == "button":
        return "submit"
    if tag == "select" and "multiple" in attrs:
        return "select-multiple"
    return attrs.get("type", "text").lower() if tag == "input" else tag


def forms_of(html: str, address: str) -> list[PageForm]:
    """Every form of the page at ``address`` that posts."""
    reader = _Reader(address)
    reader.feed(html)
    return reader.forms
