"""Logs never hold a usable link."""

from __future__ import annotations

import logging
import re
from typing import Any

_TOKEN = re.compile(r"(/[ipx]/)[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]+")


def mask(text: str) -> str:
    """Replace the token in ``/i/<token>``, ``/p/<token>`` and ``/x/<token>`` by ``***``."""
    return _TOKEN.sub(r"\1***", text)


class MaskLinks(logging.Filter):
    """Masks personal links in every message before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        masked = mask(message)
        if masked != message:
            record.msg, record.args = masked, None
        return True


def to_the_console(level: str) -> dict[str, Any]:
    """Where Django's and gunicorn's logs go alike: standard error, with links masked."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"mask_links": {"()": "ude_portal.logs.MaskLinks"}},
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "filters": ["mask_links"],
                "formatter": "plain",
            }
        },
        "root": {"handlers": ["console"], "level": level},
    }
