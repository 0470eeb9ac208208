"""The portal's own settings, and page b beside its pages."""

from __future__ import annotations

import os

os.environ.setdefault("UDE_MODE", "test")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from ude_portal.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
