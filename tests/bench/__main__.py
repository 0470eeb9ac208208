"""``python -m tests.bench``: how fast the portal is, and whether that is fast enough."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from . import report
from .goals import LARGE, PAGES, Row, chosen
from .measuring import QUICK, Amounts, Run
from .processes import sink
from .stages import stages

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "performance.md"


def main() -> int:
    """Returns 1 when a goal is missed."""
    options = _options()
    rows = chosen(options.only)
    amounts = QUICK if options.quick else Amounts()
    began = time.monotonic()
    with (
        TemporaryDirectory() as folder,
        sink(Path(folder)) as smtp_port,
        stages(_needed(rows), smtp_port) as (made, by_name),
    ):
        database = made.version()
        _say(f"Measuring on {database}; databases are being filled.")
        figures = Run(made, by_name, amounts, _say).measure(rows)
    _say(f"\n{report.unit(figures)}\n\n{report.table(rows, figures)}")
    _say(f"\n{time.monotonic() - began:.0f} s in all.")
    if not options.quick and not options.only and made.server:
        DOCUMENT.write_text(report.page(rows, figures, database=database, amounts=amounts))
        _say(f"Written to {DOCUMENT.relative_to(Path.cwd())}.")
    measured = [(row, values) for row in rows if (values := figures.medians(row.name))]
    return int(any(report.verdict(row, values) != "met" for row, values in measured))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], metavar="ROW", help="some rows only")
    parser.add_argument("--quick", action="store_true", help="a rough look in a minute")
    return parser.parse_args()


def _needed(rows: list[Row]) -> list[str]:
    """The databases the rows need; ``pages`` also serves page b, the unit of the others."""
    names = {row.name for row in rows}
    needed = {
        "pages": names & {*PAGES, *LARGE, "answer"},
        "large": names & {*LARGE, "search-broad", "search-typical"},
        "mail": names & {"outbox-1", "outbox-2", "seat", "seat-answer", "import"},
    }
    return [stage for stage, wanted in needed.items() if wanted]


if __name__ == "__main__":
    sys.exit(main())
