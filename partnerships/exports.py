"""A spreadsheet as a download."""

from __future__ import annotations

from django.http import HttpResponse

from .workbooks import XLSX


def answer(content: bytes, name: str) -> HttpResponse:
    """The file as a download."""
    disposition = {"Content-Disposition": f'attachment; filename="ude-{name}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=disposition)
