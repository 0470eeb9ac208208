"""Settings of a drill's processes: the portal's own, with faster ticks and guards to switch off.

Read from the environment: ``DRILL_SWEEP``, ``DRILL_REMIND`` and ``DRILL_TICK`` (seconds between
beats), ``DRILL_HASTE`` (divides the waits after a refusal), ``DRILL_MAIL_PATIENCE`` (seconds for
each answer of the mail server), ``DRILL_WITHOUT`` (names in ``guards``).
"""

import os

from ude_portal.settings import *  # noqa: F403
from ude_portal.settings import CELERY_BEAT_SCHEDULE, EMAIL_TIMEOUT, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.drills.apps.DrillsConfig"]
DRILL_WITHOUT = [name for name in os.environ.get("DRILL_WITHOUT", "").split(",") if name]
DRILL_HASTE = float(os.environ.get("DRILL_HASTE", "1"))
EMAIL_TIMEOUT = int(os.environ.get("DRILL_MAIL_PATIENCE", EMAIL_TIMEOUT))
_sweep = float(os.environ.get("DRILL_SWEEP", "2"))
_remind = float(os.environ.get("DRILL_REMIND", "60"))
_tick = float(os.environ.get("DRILL_TICK", "2"))
CELERY_BEAT_SCHEDULE = {
    **CELERY_BEAT_SCHEDULE,
    "mail-sweep": {
        "task": "mailing.tasks.sweep",
        "schedule": _sweep,
        "options": {"expires": _sweep},
    },
    "reminders": {
        "task": "events.tasks.remind",
        "schedule": _remind,
        "options": {"expires": _remind},
    },
    "drill-tick": {"task": "drills.tick", "schedule": _tick, "options": {"expires": _tick}},
}
if "quiet_links" in DRILL_WITHOUT:
    ROOT_URLCONF = "tests.drills.acting_links"
# No drill is about passwords, and a good hash takes 0.1 s of a core.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
