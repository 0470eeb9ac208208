"""On what the drills ran."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path


def describe() -> list[str]:
    """Processor, memory and versions, one fact a line; nothing that names the machine."""
    return [
        f"{processor()}, {os.cpu_count()} cores, {memory()}",
        f"{platform.system()} {platform.release().split('-')[0]}, "
        f"Python {platform.python_version()}",
        ", ".join(f"{name} {version(name)}" for name in ("django", "celery", "gunicorn")),
        *(
            first_line(program)
            for program in (["postgres"], ["redis-server"])
            if first_line(program)
        ),
    ]


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB of memory"


def first_line(program: list[str]) -> str:
    """What a program says of its version; nothing where it is not installed."""
    found = shutil.which(program[0]) or newest_postgres(program[0])
    if not found:
        return ""
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    return " ".join(said.stdout.split()[:3]).partition(" sha=")[0]


def newest_postgres(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else ""
