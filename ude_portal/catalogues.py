"""Translations: only .po files are kept; .mo files are compiled when the portal starts."""

from __future__ import annotations

import os

import polib
from django.conf import settings


def compile_catalogues() -> None:
    """Compile each .po that is newer than its .mo; needs no gettext tools."""
    for root in settings.LOCALE_PATHS:
        for po_path in root.glob("*/LC_MESSAGES/*.po"):
            mo_path = po_path.with_suffix(".mo")
            if mo_path.exists() and mo_path.stat().st_mtime >= po_path.stat().st_mtime:
                continue
            fresh = mo_path.with_suffix(f".{os.getpid()}.tmp")
            polib.pofile(str(po_path)).save_as_mofile(str(fresh))
            fresh.replace(mo_path)
