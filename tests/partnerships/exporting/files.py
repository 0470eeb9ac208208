"""Asking for a file as the page does, and reading what comes."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook

PAGE = "/staff/lists/{}/"
PURPOSE = "Einladung zum Runden Tisch"


def ask(client: Client, name: str, query: str = "", **sent: Any) -> HttpResponse:
    """``columns`` and ``personal`` as the form sends them; the format is CSV unless given."""
    address = f"{PAGE.format(name)}file/{f'?{query}' if query else ''}"
    return client.post(address, {"format": "csv", **sent})  # type: ignore[return-value]


def lines(response: HttpResponse) -> list[list[str]]:
    assert response["Content-Disposition"].startswith("attachment"), response.content[:200]
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def cells(response: HttpResponse) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows()]
