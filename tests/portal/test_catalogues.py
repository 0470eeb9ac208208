"""German texts are there from the first moment, in a folder where nothing was compiled yet."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.source_files import ROOT

ENTRY = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
ASK = """
import sys
from pathlib import Path
import django
from django.conf import settings
settings.LOCALE_PATHS = [Path(sys.argv[1])]
django.setup()
from django.utils.translation import gettext, override
with override("de"):
    print(gettext("Reason of the first start"))
"""


def test_the_first_process_speaks_german(tmp_path: Path) -> None:
    catalogue = tmp_path / "de" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    text = 'msgid "Reason of the first start"\nmsgstr "Grund des ersten Starts"\n'
    catalogue.write_text(ENTRY + text, encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-c", ASK, str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "ude_portal.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "Grund des ersten Starts"
