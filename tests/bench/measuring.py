"""Three rounds over everything that was chosen, one after the other, and the medians of each."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from . import load, sink
from .cpu import Meter, family
from .goals import LARGE, PAGES, Row, Say, Values
from .processes import Job, inside, web, worker
from .stages import Stage, Stages

UNIT = "b"


@dataclass(frozen=True)
class Amounts:
    """How much is asked for in each round; every loop ends by number and by time."""

    rounds: int = 3
    requests: int = 240
    answers: int = 60
    mails: int = 5_000
    attempts: int = 400
    searches: int = 5
    directory: int = 50_000
    rows: int = 10_000
    most: float = 12.0


QUICK = Amounts(
    requests=40, answers=8, mails=300, attempts=160, searches=2, directory=2_000, rows=500
)


@dataclass
class Figures:
    """Samples by row and value, one for each round; what is counted once has one sample."""

    samples: dict[str, dict[str, list[float]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def add(self, row: str, **values: float) -> None:
        for name, value in values.items():
            self.samples[row][name].append(value)

    def medians(self, row: str) -> Values:
        """Medians of the rounds; ``cpu`` in multiples of page b."""
        found = {name: statistics.median(all_) for name, all_ in self.samples[row].items()}
        unit = self.samples[UNIT].get("cpu_ms")
        if "cpu_ms" in found and unit:
            found["cpu"] = found["cpu_ms"] / statistics.median(unit)
        return found


class Run:
    """One run: ``stages`` and ``amounts`` are set, ``figures`` grow."""

    def __init__(self, made: Stages, by_name: dict[str, Stage], amounts: Amounts, say: Say) -> None:
        self.made, self.stages, self.amounts, self.say = made, by_name, amounts, say
        self.figures = Figures()
        self.found: dict[str, Any] = {}

    def measure(self, rows: Iterable[Row]) -> Figures:
        names = {row.name for row in rows}
        self._seed()
        with ExitStack() as stack:
            steps = list(self._steps(names, stack))
            for number in range(self.amounts.rounds):
                for label, step in steps:
                    began = time.monotonic()
                    step()
                    spent = time.monotonic() - began
                    self.say(f"  round {number + 1}, {label}: {spent:.1f} s")
        return self.figures

    def _seed(self) -> None:
        """All databases at the same time."""
        numbers = {
            "pages": self.amounts.answers * self.amounts.rounds + 3,
            "large": self.amounts.directory,
            "mail": self.amounts.mails,
        }
        jobs = {
            name: Job(stage, "seed", {"what": name, "number": numbers[name]})
            for name, stage in self.stages.items()
        }
        for job in jobs.values():
            job.go()
        self.found = {name: job.answer() for name, job in jobs.items()}

    def _steps(self, names: set[str], stack: ExitStack) -> Iterable[tuple[str, Callable[[], None]]]:
        """What a round consists of; servers that it needs are started on the way."""
        if "pages" in self.stages:
            yield from self._page_steps(names, stack)
        if "large" in self.stages:
            yield from self._large_steps(names, stack)
        if names & {"outbox-1", "outbox-2"}:
            yield "outbox", self._outbox
        if names & {"seat", "seat-answer"}:
            yield "seats", self._seats
        if "import" in names:
            yield "import", self._import

    def _page_steps(
        self, names: set[str], stack: ExitStack
    ) -> Iterable[tuple[str, Callable[[], None]]]:
        stage, found = self.stages["pages"], self.found["pages"]
        addresses = {
            UNIT: ("/bench/b/", ""),
            "event": (found["event"], ""),
            "directory-25": ("/partnerships/", ""),
            "directory-200": ("/partnerships/?per_page=200", ""),
            "map": ("/partnerships/map/", ""),
            "personal": (found["personal"], found["grant"]),
            "confirming": (found["confirming"], found["confirming_grant"]),
            "guests": (found["guests"], found["staff"]),
            "reviews": (found["reviews"], found["staff"]),
            "cases": (found["cases"], found["staff"]),
        }
        pages = {name: addresses[name] for name in (UNIT, *PAGES) if name in names | {UNIT}}
        answering = "answer" in names
        self._count(stage, pages, [found["links"].pop() for _ in range(2 * answering)])
        port, pid = stack.enter_context(web(stage))
        for name, (path, cookie) in pages.items():
            yield name, self._page(stage, name, port, pid, path, cookie)
        if answering:
            yield "answer", self._answer(stage, port, pid, stack.enter_context(worker(stage)))

    def _large_steps(
        self, names: set[str], stack: ExitStack
    ) -> Iterable[tuple[str, Callable[[], None]]]:
        stage = self.stages["large"]
        addresses = {
            "large-25": ("/partnerships/", ""),
            "large-200": ("/partnerships/?per_page=200", ""),
            "large-map": ("/partnerships/map/", ""),
        }
        pages = {name: addresses[name] for name in LARGE if name in names}
        if pages:
            self._count(stage, pages, [])
            port, pid = stack.enter_context(web(stage))
            for name, (path, cookie) in pages.items():
                yield name, self._page(stage, name, port, pid, path, cookie)
        if names & {"search-broad", "search-typical"} and stage.is_postgresql:
            yield "search", self._search

    def _count(self, stage: Stage, pages: dict[str, tuple[str, str]], links: list[str]) -> None:
        counted = inside(stage, "count", {"pages": pages, "links": links})
        for name, statements in counted.items():
            self.figures.add(name, sql=statements)

    def _page(
        self, stage: Stage, name: str, port: int, pid: int, path: str, cookie: str
    ) -> Callable[[], None]:
        meter = Meter(lambda: [*family(pid), *self.made.backends(stage)])

        def ask(number: int) -> load.Load:
            return load.ask(port, path, cookie, number, connections=4, most=self.amounts.most)

        def step() -> None:
            ask(16)
            meter.start()
            result = ask(self.amounts.requests)
            self.figures.add(
                name,
                cpu_ms=meter.stop() / len(result.seconds),
                kb=result.size / 1000,
                p50=result.percentile(0.5),
                p99=result.percentile(0.99),
            )

        return step

    def _answer(self, stage: Stage, port: int, pid: int, worker_pid: int) -> Callable[[], None]:
        meter = Meter(lambda: [*family(pid), *family(worker_pid), *self.made.backends(stage)])

        def step() -> None:
            links = [self.found["pages"]["links"].pop() for _ in range(self.amounts.answers)]
            sink.ask(self.made.smtp_port, "XZERO")
            meter.start()
            result = load.answer_all(port, links)
            self._wait_for_mails(len(links))
            self.figures.add(
                "answer",
                cpu_ms=meter.stop() / len(links),
                requests=result.size,
                p50=result.percentile(0.5),
                p99=result.percentile(0.99),
            )

        return step

    def _wait_for_mails(self, number: int) -> None:
        end = time.monotonic() + 60
        while sink.ask(self.made.smtp_port, "XCOUNT") != (number, number):
            if time.monotonic() > end:
                raise SystemExit("The confirmations did not all arrive within a minute.")
            time.sleep(0.05)

    def _outbox(self) -> None:
        raw = self._send("raw", {"number": self.amounts.mails}, workers=1)
        for workers in (1, 2):
            inside(self.stages["mail"], "requeue")
            rate = self._send("deliver", {"seconds": 110.0}, workers=workers)
            self.figures.add(f"outbox-{workers}", share=rate / raw, rate=rate, raw=raw)

    def _send(self, name: str, options: dict[str, Any], *, workers: int) -> float:
        """Mails per second; all have to arrive, and each once."""
        jobs = [Job(self.stages["mail"], name, options) for _ in range(workers)]
        sink.ask(self.made.smtp_port, "XZERO")
        began = time.perf_counter()
        for job in jobs:
            job.go()
        answers = [job.answer() for job in jobs]
        seconds = time.perf_counter() - began
        arrived = sink.ask(self.made.smtp_port, "XCOUNT")
        if arrived != (self.amounts.mails, self.amounts.mails):
            raise SystemExit(f"{name}: {arrived} of {self.amounts.mails} arrived; {answers}")
        return self.amounts.mails / seconds

    def _seats(self) -> None:
        ways = inside(self.stages["mail"], "seats", {"attempts": self.amounts.attempts})
        plain = ways["for update"]["rate"]
        for row, way in (("seat", "statement"), ("seat-answer", "whole")):
            self.figures.add(
                row,
                share=ways[way]["rate"] / plain,
                rate=ways[way]["rate"],
                plain=plain,
                oversold=ways[way]["given"] - 100,
                naive_oversold=ways["naive"]["given"] - 100,
            )

    def _import(self) -> None:
        """Once: the second time there is nothing new in the list."""
        if not self.figures.samples["import"]:
            options = {"rows": self.amounts.rows}
            self.figures.add("import", **inside(self.stages["mail"], "import", options))

    def _search(self) -> None:
        for name, one in inside(
            self.stages["large"], "search", {"runs": self.amounts.searches}
        ).items():
            self.figures.add(
                f"search-{name}",
                ms=one["ours"],
                naive_ms=one["naive"],
                share=one["ours"] / one["naive"],
                hits=one["hits"],
                sql=one["statements"],
            )
