"""A letter as PDF where WeasyPrint can be loaded; elsewhere the print page takes its place."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from ..models import Letter

STYLE = "portal/letter.css"
#: The pages' own font, as far as it was fetched: its weights by file.
FONTS = {"Regular": 400, "SemiBold": 600}


@cache
def engine() -> Any:
    """WeasyPrint, or ``None`` where it, or a library it needs, is missing."""
    try:
        import weasyprint
    except (ImportError, OSError):
        return None
    return weasyprint


def document_of(letter: Letter, html: str) -> bytes:
    """The letter as PDF/UA; loads nothing from anywhere. Call it where ``engine`` is there."""
    made = engine()
    only_ours = made.urls.URLFetcher(allowed_protocols={"data"})
    fonts = made.text.fonts.FontConfiguration()
    style = made.CSS(string=style_of(), url_fetcher=only_ours, font_config=fonts)
    document = made.HTML(string=page_of(letter, html), url_fetcher=only_ours)
    return document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")


def page_of(letter: Letter, html: str) -> str:
    context = {"letter": letter, "html": html, "operator": settings.OPERATOR}
    return render_to_string("exchanges/deciding/letter_pdf.html", context)


@cache
def style_of() -> str:
    """The style sheet of letters, with the fonts in it."""
    faces = [_face(name, weight) for name, weight in FONTS.items()]
    return "\n".join([*faces, *_read(STYLE)])


def _face(name: str, weight: int) -> str:
    path = finders.find(f"vendor/kern/fira-sans/FiraSans-{name}.woff2")
    if path is None:
        return ""
    data = base64.b64encode(Path(path).read_bytes()).decode()
    return (
        f'@font-face {{ font-family: "Fira Sans"; font-weight: {weight}; '
        f'src: url("data:font/woff2;base64,{data}") format("woff2"); }}'
    )


def _read(name: str) -> list[str]:
    path = finders.find(name)
    return [Path(path).read_text(encoding="utf-8")] if path else []
