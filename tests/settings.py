"""Settings of the test run: the portal's own, in test mode."""

import os
from pathlib import Path

os.environ["UDE_MODE"] = "test"
os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parent.parent / "var" / "test"))
os.environ.setdefault("LOG_LEVEL", "WARNING")

from ude_portal.settings import *  # noqa: F403
from ude_portal.settings import DATA_DIR, DATABASES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / f"test-{os.getpid()}.sqlite3")}
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_ude_{os.getpid()}"}
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "memory://")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Each new test client builds the middleware anew, and WhiteNoise would read all static files.
WHITENOISE_AUTOREFRESH = True
