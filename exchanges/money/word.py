"""A copy of an application as a Word document, for colleagues who sign on paper."""

from __future__ import annotations

import io
import re
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from ..models import Application
from .reading import Chapter, Rows, chapters, front

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LANGUAGES = {"de": "de-DE", "en": "en-GB"}
#: Characters that XML cannot hold; a person cannot see them either.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def document_of(application: Application) -> bytes:
    """The document in the active language, with empty lines for names and signatures."""
    paper = Document()
    _for_an_office(paper)
    paper.core_properties.title = _clean(application.name)
    paper.core_properties.author = ""
    paper.add_heading(_clean(application.name), 0)
    _table(paper, front(application))
    for chapter in chapters(application):
        _chapter(paper, chapter)
    _signatures(paper)
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


def _for_an_office(paper: Any) -> None:
    """A4, and the reader's language for spelling and reading aloud; the template is for the USA."""
    for section in paper.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
    language = _LANGUAGES[str(get_language())]
    paper.core_properties.language = language
    for tag in paper.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), language)


def _chapter(paper: Any, chapter: Chapter) -> None:
    title = f"{chapter.title}, {chapter.city}" if chapter.city else chapter.title
    paper.add_heading(_clean(title), 1)
    if not chapter.groups:
        paper.add_paragraph(_("Nothing is written here yet."))
    for legend, rows in chapter.groups:
        if legend:
            paper.add_heading(_clean(legend), 2)
        _table(paper, rows)
    for note in chapter.notes:
        paper.add_paragraph(_clean(note))


def _signatures(paper: Any) -> None:
    paper.add_heading(_("For internal sign-off"), 1)
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    paper.add_paragraph(
        _("Copy of %(day)s. What counts is what stands in the portal.") % {"day": day}
    )
    table = paper.add_table(rows=1, cols=3, style="Table Grid")
    for cell, label in zip(
        table.rows[0].cells, (_("Office"), _("Date"), _("Signature")), strict=True
    ):
        cell.text = label
    for _row in range(3):
        table.add_row()


def _table(paper: Any, rows: Rows) -> None:
    table = paper.add_table(rows=0, cols=2, style="Table Grid")
    for label, value in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = _clean(label), _clean(value)


def _clean(text: Any) -> str:
    return _UNWRITABLE.sub("", str(text))
