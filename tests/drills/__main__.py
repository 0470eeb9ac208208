"""``python -m tests.drills``: run the drills, print what came out, write docs/reliability.md."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from . import report
from .databases import Databases, Missing, Sqlite, postgresql
from .findings import Result
from .plan import DRILLS, Drill, Part, drill_of

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "reliability.md"
#: Drills that mostly wait: they run beside the others.
PATIENT = ("smtp",)
#: So many parts run at the same time, besides those of patient drills.
AT_A_TIME = 3


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.drills", description=__doc__)
    parser.add_argument("--only", default="", help="letters or names, with commas: a,crashes")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="both unless given")
    parser.add_argument("--quick", action="store_true", help="a tenth of the numbers, fewer parts")
    parser.add_argument("--controls", action="store_true", help="only the negative controls")
    chosen = parser.parse_args(given)
    try:
        names = [name for name in chosen.only.split(",") if name]
        chosen.drills = [drill_of(name) for name in names] or list(DRILLS)
    except StopIteration:
        parser.error("there is no such drill; there are " + ", ".join(d.name for d in DRILLS))
    return chosen


@contextlib.contextmanager
def sources(work: Path, only: str | None) -> Iterator[dict[str, Databases]]:
    """Where the fresh databases come from, by name."""
    with contextlib.ExitStack() as stack:
        found: dict[str, Databases] = {}
        if only != "postgresql":
            found["sqlite"] = Sqlite(work)
        if only != "sqlite":
            found["postgresql"] = stack.enter_context(postgresql(work))
        yield found


class Run:
    """One part on one database, in a process of its own."""

    def __init__(self, part: Part, database: str, source: Databases, work: Path, quick: bool):
        self.part, self.database, self.quick = part, database, quick
        self.folder = work / f"{part.key}.{database}"
        self.folder.mkdir()
        self.result_file = self.folder / "result.json"
        self.stack = contextlib.ExitStack()
        own = self.stack.enter_context(source.fresh(self.folder))
        log = self.stack.enter_context((self.folder / "stage.log").open("wb"))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.drills.stage", part.key, str(self.result_file)],
            env={**environment(quick), **own},
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.began = time.monotonic()

    def result(self) -> Result:
        """Wait for the end, or make one when patience is over."""
        with self.stack:
            late = self._wait()
            if self.result_file.exists() and not late:
                return Result.from_json(self.result_file.read_text(encoding="utf-8"))
            tail = (self.folder / "stage.log").read_text(errors="replace").splitlines()[-3:]
            why = late or " / ".join(tail) or f"ended with {self.process.returncode}"
            date = dt.datetime.now(dt.UTC).isoformat(timespec="minutes")
            seconds = time.monotonic() - self.began
            part = self.part
            return Result(part.drill, part.key, self.database, date, seconds, self.quick, [], why)

    @property
    def is_over(self) -> bool:
        """``result`` will not wait."""
        late = time.monotonic() - self.began > self.part.seconds
        return late or self.process.poll() is not None

    def _wait(self) -> str:
        left = self.part.seconds - (time.monotonic() - self.began)
        try:
            self.process.wait(max(0.0, left))
        except subprocess.TimeoutExpired:
            self.end()
            return f"not done within {self.part.seconds} s"
        return ""

    def end(self) -> None:
        """SIGTERM, so that it stops what it started; its children end with it in any case."""
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(15)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def environment(quick: bool) -> dict[str, str]:
    """The caller's, without what would lead to servers of theirs."""
    theirs = ("DATABASE_", "CELERY_", "EMAIL_", "CACHE_", "DJANGO_", "DRILL_", "UDE_", "MAIL_")
    own = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
    own |= {"DJANGO_SETTINGS_MODULE": "tests.drills.settings", "UDE_MODE": "test"}
    own |= {"LOG_LEVEL": "WARNING", "PYTHONUNBUFFERED": "1"}
    if seed := os.environ.get("DRILL_SEED"):
        own["DRILL_SEED"] = seed
    return own | ({"DRILL_QUICK": "yes", "DRILL_HASTE": "10"} if quick else {})


Wanted = tuple[Drill, str, Part]
Started = tuple[Drill, Part, Run]


def compile_once(work: Path) -> None:
    """Dozens of processes start; each would compile all modules where Python may not keep them."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(work / "bytecode")


def perform(chosen: argparse.Namespace, work: Path) -> Iterator[tuple[Drill, Part, Result]]:
    """All parts of all drills, each on the databases it is for."""
    with sources(work, chosen.database) as databases, contextlib.ExitStack() as stack:

        def start(drill: Drill, name: str, part: Part) -> Started:
            quick = chosen.quick or part.control
            run = Run(part, name, databases[name], work, quick)
            stack.callback(run.end)
            return drill, part, run

        wanted = [
            (drill, name, part)
            for drill in chosen.drills
            for name in databases
            for part in drill.parts
            if part.control or not chosen.controls
        ]
        if chosen.quick:
            wanted = [one for one in wanted if one[1] in one[2].quick]
        yield from side_by_side(wanted, start, AT_A_TIME)


def side_by_side(
    wanted: list[Wanted], start: Callable[..., Started], at_a_time: int
) -> Iterator[tuple[Drill, Part, Result]]:
    """The patient ones and a few others at a time, those first that take longest."""
    waiting = sorted(wanted, key=lambda one: (is_patient(one[2]), takes(one[2], one[1])))
    beside = sum(is_patient(one[2]) for one in wanted)
    under_way: list[Started] = []
    while waiting or under_way:
        while waiting and len(under_way) < at_a_time + beside:
            under_way.append(start(*waiting.pop()))
        for one in [one for one in under_way if one[2].is_over]:
            under_way.remove(one)
            beside -= is_patient(one[1])
            drill, part, run = one
            yield drill, part, run.result()
        time.sleep(0.1)


def is_patient(part: Part) -> bool:
    return part.drill in PATIENT and not part.control


def takes(part: Part, database: str) -> int:
    """Which of two parts takes longer: controls least, being small, and PostgreSQL more."""
    return 0 if part.control else part.seconds + (database == "postgresql")


def main(given: list[str]) -> int:
    chosen = arguments(given)
    data = Path(os.environ.get("DATA_DIR") or ROOT / "var")
    archive = report.Archive(data.resolve() / "drills")
    began, broken = time.monotonic(), []
    work = Path(tempfile.mkdtemp(prefix="drill-"))
    compile_once(work)
    try:
        for drill, part, result in perform(chosen, work):
            say(report.on_screen(result, drill, part))
            archive.keep(result)
            if not result.kept:
                broken.append(f"{part.key} on {result.database}")
    except Missing as missing:
        say(str(missing))
        return 2
    if not chosen.quick:
        PAGE.write_text(report.page(archive.all()), encoding="utf-8")
    say(
        f"\n{time.monotonic() - began:.0f} s. "
        + (f"BROKEN: {', '.join(broken)}" if broken else "All promises kept.")
    )
    if broken:
        say(f"Logs: {work}")
        return 1
    shutil.rmtree(work)
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(130))
    sys.exit(main(sys.argv[1:]))
