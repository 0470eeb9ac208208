"""From one text template to subject, text and HTML of a mail.

The template is plain text: a first line ``Subject: …``, an empty line, then paragraphs.
``[[name]] Label`` alone on a line is a button, lines starting with ``- `` are a list, and the
last paragraph says why the mail came. Text and HTML say the same, word for word.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import css_inline
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import mark_safe

from .blocks import Block, split

_LINK = re.compile(r"\[\[[a-z_]+\]\]|https?://[^\s<>]*[^\s<>.,;:!?)\]]")


def compose(template: str, context: dict[str, Any], language: str) -> tuple[str, str, str]:
    """Render ``template`` in ``language``; returns subject, text and HTML.

    Raises ``ImproperlyConfigured`` when the first line is no subject. Values are never escaped
    in the text and always in the HTML.
    """
    with translation.override(language):
        subject, blocks = _read(template, context)
        footer = split(render_to_string("mailing/footer.txt", _frame()))
        text = "\n\n".join(block.as_text() for block in blocks)
        text += "\n\n-- \n" + "\n".join(block.as_text() for block in footer) + "\n"
        return subject, text, _as_html(subject, blocks, footer)


def unlinked(text: str) -> str:
    """What somebody outside typed into our mail is told, but is no link there.

    A browser may call itself ``http://…``, and ``"http://…/"@city.example`` is a valid address.
    """
    return text.replace("://", ": / /").replace("www.", "www .")


def typed(text: str) -> str:
    """What somebody typed, on one line and without links."""
    return unlinked(" ".join(text.split()))


def _read(template: str, context: dict[str, Any]) -> tuple[str, list[Block]]:
    backend = get_template(template)
    source = backend.template.render(_plain_context(context))  # type: ignore[attr-defined]
    first, _, body = source.lstrip().partition("\n")
    label, _, subject = first.partition(":")
    if label != "Subject" or not subject.strip():
        raise ImproperlyConfigured(f"{template} does not start with “Subject: …”")
    return subject.strip(), split(body)


def _plain_context(context: dict[str, Any]) -> Context:
    """Placeholders come from templates alone: nobody's name can be one."""
    safe = {name: _harmless(value) for name, value in context.items()}
    return Context(safe, autoescape=False)


def _harmless(value: Any) -> Any:
    return re.sub(r"\[(?=\[)", "[ ", value) if isinstance(value, str) else value


def _frame() -> dict[str, Any]:
    imprint = settings.SITE_URL + reverse("pages:page", args=["impressum"])
    return {"operator": settings.OPERATOR, "imprint": imprint, "site": settings.SITE_URL}


def _as_html(subject: str, blocks: list[Block], footer: list[Block]) -> str:
    *body, reason = blocks
    context = {
        **_frame(),
        "subject": subject,
        "language": translation.get_language(),
        "body": mark_safe("\n".join(_block_html(block) for block in body)),
        "reason": mark_safe(_block_html(reason)),
        "footer": mark_safe("\n".join(_block_html(block) for block in footer)),
    }
    return _inliner().inline(render_to_string("mailing/layout.html", context))


def _block_html(block: Block) -> str:
    if block.kind == "button":
        link, label = block.lines
        return f'<p class="action"><a class="button" href="{link}">{escape(label)}</a></p>'
    lines = [_linked(line) for line in block.lines]
    if block.kind == "list":
        return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    return "<p>" + "<br>\n".join(lines) + "</p>"


def _linked(line: str) -> str:
    """The escaped line with addresses and placeholders as links."""
    parts, end = [], 0
    for match in _LINK.finditer(line):
        link = escape(match[0])
        parts += [escape(line[end : match.start()]), f'<a href="{link}">{link}</a>']
        end = match.end()
    return "".join([*parts, escape(line[end:])])


@cache
def _inliner() -> css_inline.CSSInliner:
    css = (Path(__file__).parent / "mail.css").read_text()
    return css_inline.CSSInliner(extra_css=css, load_remote_stylesheets=False)
