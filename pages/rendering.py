"""Markdown to safe HTML, done once when a text is saved."""

from __future__ import annotations

import nh3
from django.conf import settings
from django.utils.html import escape
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"linkify": True}).enable(["linkify", "table"])
_TAGS = {
    *("h2", "h3", "h4", "p", "a", "ul", "ol", "li", "strong", "em", "blockquote", "br", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td", "code", "pre"),
}


def render_markdown(text: str | None) -> str:
    """Return sanitised HTML for staff-written Markdown; scripts, styles and images are dropped."""
    if not text:
        return ""
    return nh3.clean(
        _MARKDOWN.render(text), tags=_TAGS, attributes={"a": {"href"}}, link_rel="noopener"
    )


def with_operator(html: str) -> str:
    """Fill ``[operator]``, ``[address]`` and ``[contact]`` with the details from the settings."""
    operator = settings.OPERATOR
    email = escape(operator["email"])
    return (
        html.replace("[operator]", escape(operator["name"]))
        .replace("[address]", escape(operator["address"]))
        .replace("[contact]", f'<a href="mailto:{email}">{email}</a>')
    )
