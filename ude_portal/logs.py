"""Logs never hold a usable link."""

from __future__ import annotations

import logging
import re

_TOKEN = re.compile(r"(/i/)[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]+")


def mask(text: str) -> str:
    """Replace the token in ``/i/<token>`` by ``***``."""
    return _TOKEN.sub(r"\1***", text)


class MaskLinks(logging.Filter):
    """Masks personal links in every message before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        masked = mask(message)
        if masked != message:
            record.msg, record.args = masked, None
        return True
