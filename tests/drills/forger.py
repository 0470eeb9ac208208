"""Fills forms: as somebody would who means it, and then spoilt as somebody would who does not."""

from __future__ import annotations

import io
from random import Random
from typing import Any
from urllib.parse import unquote_to_bytes

from tests.hostile import VALUES
from tests.page_forms import Control, PageForm

EVIL = "evil.example"
PASSWORD, NEW_PASSWORD = "richtig-langes-passwort", "noch-ein-langes-passwort-7"
#: Where mails may be asked to; of the first three the portal knows accounts.
ADDRESSES = (
    "reader@koeln.example",
    "coordinator@indy.example",
    "COORDINATOR@koeln.example",
    "unbekannt@stadt.example",
    "jemand@stadt.example",
    "umlaut@städte.example",
    f'"http://{EVIL}/"@stadt.example',
)
#: Values that no field was made for; bytes reach the portal as they are.
NASTY: tuple[str | bytes, ...] = (
    *map(unquote_to_bytes, VALUES.values()),
    *("", " ", "\t\n", "\0", "a\0b", "x" * 300, "ß" * 3000, "e\u0301" * 800, "İıſK"),
    *("0", "-0", "1.5", "1e400", "NaN", "Infinity", "0x1F", "1_000", "٣", "½", "true", "null"),
    *(str(2**number + step) for number in (15, 31, 63, 64) for step in (-1, 0)),
    *("9999-12-31", "0001-01-01", "2027-02-30", "99999-01-01", "2027-03-28T02:30", "25:61"),
    *("[]", "{}", "__proto__", "id", "pk", "../../etc/passwd", "C:\\aux", "/", ".", "%s%n%%"),
    *("<script>alert(1)</script>", "{{ 7|add:7 }}", "[[answer]]", "' OR 1=1 --", "\\", '"'),
    *("x\r\nBcc: a@stadt.example", "\u2028\u2029", "\ud7ff\ue000\ufffe", "👩‍👩‍👧‍👦🏴", "\u202eabc"),
    *("http://[", "javascript:alert(1)", "data:,x", "a@b", "@", "a@" + "b" * 250 + ".example"),
    *(b"\xff\xfe", b"\xed\xa0\x80", b"\xf0\x9f"),
)
HUGE = "Ä" * 400_000
FILES: tuple[tuple[str, bytes], ...] = (
    ("programm.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"),
    ("../../x.html", b"<script>alert(1)</script>"),
    ("a" * 300 + ".pdf", b"%PDF-1.4 short"),
    ("ü\u202efdp.exe", b"MZ\x00\x01"),
    ("leer.pdf", b""),
    ("bild.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>'),
)


class Forger:
    """Draws what goes into forms; ``ids`` are keys and names of rows of anybody."""

    def __init__(self, rng: Random, ids: list[str], own_address: str) -> None:
        self.rng = rng
        self.ids = ids
        self.own_address = own_address

    def filled(self, form: PageForm) -> dict[str, Any]:
        """The form as a person would send it: what is there stays mostly, gaps are filled."""
        sent: dict[str, Any] = form.untouched()
        for control in form.controls.values():
            empty = not any(sent.get(control.name, ()))
            if control.kind != "hidden" and (empty or self.rng.random() < 0.3):
                sent[control.name] = self._meant(control)
        return {name: value for name, value in sent.items() if value is not None}

    def spoilt(self, sent: dict[str, Any]) -> dict[str, Any]:
        """The same with up to four things wrong in it; often with none."""
        for _ in range(self.rng.choice((0, 0, 0, 0, 1, 1, 1, 2, 4))):
            name = self.rng.choice([*sent, "unknown"])
            spoil = self.rng.choice((self._replace, self._replace, self._array, self._drop))
            sent = spoil(sent, name)
        return sent

    def nasty(self) -> str | bytes:
        return HUGE if self.rng.random() < 0.003 else self.rng.choice(NASTY)

    def _replace(self, sent: dict[str, Any], name: str) -> dict[str, Any]:
        draw = self.rng.random()
        if draw < 0.6:
            return sent | {name: self.nasty()}
        return sent | {name: self._file() if draw < 0.7 else self.rng.choice(self.ids)}

    def _array(self, sent: dict[str, Any], name: str) -> dict[str, Any]:
        values = [self.rng.choice(self.ids), self.nasty()]
        return sent | {self.rng.choice((name, f"{name}[]", f"{name}[0]")): values}

    def _drop(self, sent: dict[str, Any], name: str) -> dict[str, Any]:
        return {other: value for other, value in sent.items() if other != name}

    def _meant(self, control: Control) -> Any:
        """A value that this control is for; ``None`` sends nothing."""
        if control.kind == "checkbox" or control.kind == "submit":
            return self.rng.choice([*control.choices, None])
        if control.kind in {"select", "radio"}:
            return self.rng.choice(control.choices) if control.choices else None
        if control.kind == "select-multiple":
            return self.rng.sample(control.choices, min(2, len(control.choices)))
        if control.kind == "password" or "password" in control.name:
            return PASSWORD if control.name in {"password", "oldpassword"} else NEW_PASSWORD
        return self._file() if control.kind == "file" else self._typed(control)

    def _typed(self, control: Control) -> str:
        number = self.rng.randrange(3)
        by_kind = {
            "number": str(number),
            "date": f"2027-0{number + 1}-01",
            "time": f"0{number + 7}:30",
            "datetime-local": f"2027-03-0{number + 1}T09:30",
            "url": "https://stadt.example/",
            "email": self._address(),
            "textarea": f"Zeile {number}\nGrüße aus Köln",
        }
        by_name = {
            "email": self._address(),
            "login": self._address(),
            "slug": f"kurz-{self.rng.randrange(10**6)}",
            "number": str(number),
            "people": f"Neu <neu{number}@stadt.example>",
            "answered_by_name": self.rng.choice(("Kim Beispiel", f"http://{EVIL}/")),
            "colour": "#0a9edc",
        }
        name = control.name.rpartition("-")[2]
        return by_name.get(name) or by_kind.get(control.kind) or f"Wörter {number}"

    def _address(self) -> str:
        return self.rng.choice((*ADDRESSES, self.own_address))

    def _file(self) -> io.BytesIO:
        name, content = self.rng.choice(FILES)
        file = io.BytesIO(content)
        file.name = name
        return file
