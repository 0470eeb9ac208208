"""What can be read in a backup."""

from __future__ import annotations

import subprocess
from pathlib import Path

from ude_portal.backups import postgresql


def text_of(folder: Path) -> bytes:
    """Everything in a backup, with PostgreSQL's dump unpacked."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    dump = folder / postgresql.Postgresql.file
    plain = b"".join(path.read_bytes() for path in files if path != dump)
    return plain + (unpacked(dump) if dump in files else b"")


def unpacked(dump: Path) -> bytes:
    program, _ = postgresql.find("pg_restore", 1)
    return subprocess.run([program, "--file=-", dump], check=True, capture_output=True).stdout
