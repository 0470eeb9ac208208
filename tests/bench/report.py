"""The table, for the screen and for ``docs/performance.md``."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Iterable
from pathlib import Path

from .goals import Goal, Row, Values
from .measuring import UNIT, Amounts, Figures

_NUMBERS = {
    "cpu": "{:.1f} b",
    "cpu_ms": "({:.1f} ms)",
    "sql": "{:.0f} SQL",
    "requests": "{:.0f} requests",
    "kb": "{:.0f} kB",
    "seconds": "{:.1f} s",
    "busy": "({:.1f} s of them Python)",
    "rows": "{:,.0f} rows",
    "ms": "{:.1f} ms",
    "naive_ms": "(naive {:.0f} ms)",
    "hits": "{:,.0f} hits",
    "rate": "{:.0f}/s",
    "raw": "(raw {:.0f}/s)",
    "plain": "(FOR UPDATE {:.0f}/s)",
    "oversold": "{:.0f} oversold",
    "naive_oversold": "(naive form: {:.0f} oversold)",
}


def described(values: Values) -> str:
    """The figures of a row in reading order."""
    parts = []
    if "share" in values:
        parts.append(f"{values['share']:.2f}")
    parts += [form.format(values[name]) for name, form in _NUMBERS.items() if name in values]
    if "p50" in values:
        parts.append(f"p50 {values['p50']:.0f} ms, p99 {values['p99']:.0f} ms")
    return ", ".join(parts).replace(", (", " (")


def verdict(row: Row, values: Values) -> str:
    missed = [goal for goal in row.goals if not goal.met(values)]
    return "met" if not missed else "not met: " + ", ".join(map(str, missed))


def goals_of(goals: Iterable[Goal]) -> str:
    return ", ".join(map(str, goals))


def table(rows: Iterable[Row], figures: Figures) -> str:
    """One line for each row that has figures, as a Markdown table."""
    lines = [
        "| page or flow | goal | measured | verdict | peers, same unit |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        values = figures.medians(row.name)
        cells = (
            (described(values), verdict(row, values))
            if values
            else ("–", "only on PostgreSQL" if row.postgresql_only else "not asked for")
        )
        lines.append(f"| {row.title} | {goals_of(row.goals)} | {' | '.join(cells)} | {row.peers} |")
    return "\n".join(lines)


def machine() -> str:
    """Processor, number of cores, memory and Python, without any name of the machine."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    named = [line for line in info.splitlines() if line.startswith("model name")]
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    processor = named[0].partition(": ")[2] if named else platform.machine()
    system = f"{platform.system()} {platform.release().split('-')[0]}"
    return (
        f"{os.cpu_count()} × {processor}, {pages / 2**30:.0f} GiB, "
        f"{system}, Python {platform.python_version()}"
    )


def unit(figures: Figures) -> str:
    values = figures.medians(UNIT)
    if not values:
        return ""
    return (
        f"Page b, the unit, took {values['cpu_ms']:.2f} ms of processor time "
        f"(p50 {values['p50']:.1f} ms, {values['kb']:.1f} kB)."
    )


def page(rows: Iterable[Row], figures: Figures, *, database: str, amounts: Amounts) -> str:
    """``docs/performance.md`` of this run."""
    template = Path(__file__).with_name("performance.md").read_text(encoding="utf-8")
    filled = {
        "date": f"{dt.datetime.now(dt.UTC):%Y-%m-%d}",
        "machine": machine(),
        "load": f"{os.getloadavg()[2]:.1f}",
        "database": database,
        "unit": unit(figures),
        "table": table(rows, figures),
        "requests": f"{amounts.requests}",
        "answers": f"{amounts.answers}",
        "mails": f"{amounts.mails:,}",
        "attempts": f"{amounts.attempts}",
        "directory": f"{amounts.directory:,}",
        "rows": f"{amounts.rows:,}",
    }
    for name, value in filled.items():
        template = template.replace("{" + name + "}", value)
    return template
