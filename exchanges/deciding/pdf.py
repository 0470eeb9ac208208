"""A letter as PDF where WeasyPrint can be loaded; elsewhere the print page takes its place."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.template.loader import render_to_string

from ..models import Letter


@cache
def engine() -> Any:
    """WeasyPrint's ``HTML``, or ``None`` where it, or a library it needs, is missing."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError):
        return None
    return HTML


def document_of(letter: Letter, html: str) -> bytes:
    """The letter as PDF/UA; loads nothing from anywhere. Call it where ``engine`` is there."""
    page = render_to_string("exchanges/deciding/letter_pdf.html", {"letter": letter, "html": html})
    document = engine()(string=page, url_fetcher=_nothing)
    return document.write_pdf(pdf_variant="pdf/ua-1")


def _nothing(url: str, *args: Any, **kwargs: Any) -> Any:
    raise ValueError("letters load nothing")
