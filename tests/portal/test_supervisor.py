"""Children live together and stop together, and their logs hold no usable link."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from events.models import Invitation
from events.tokens import token_for
from ude_portal.supervisor import AlreadyRunning, Supervisor, lock_folder

WAITS = "import signal, time; print('up', flush=True); time.sleep(60)"
IGNORES_TERM = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {WAITS}"
DIES = "import sys; print('the disk is full', flush=True); sys.exit(3)"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch) -> Supervisor:
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    return Supervisor(tmp_path / "logs", said.append, grace=2)


def all_up(supervisor: Supervisor) -> bool:
    return all("up" in child.last for child in supervisor.children)


def test_asking_to_stop_ends_every_child_and_returns_0(supervisor, said) -> None:
    code = supervisor.run(
        {"web": python(WAITS), "worker": python(WAITS)},
        ready=lambda: all_up(supervisor),
        when_ready=supervisor.asked_to_stop.set,
    )

    assert code == 0
    assert [child.process.returncode for child in supervisor.children] == [-signal.SIGTERM] * 2
    assert said == []


def test_a_child_that_dies_stops_the_rest_with_its_reason(supervisor, said) -> None:
    opened = []
    code = supervisor.run(
        {"web": python(WAITS), "worker": python(f"import time; time.sleep(0.5); {DIES}")},
        ready=lambda: True,
        when_ready=lambda: opened.append("open"),
    )

    assert (code, opened) == (1, ["open"])
    assert said == ["worker ended with code 3. Its last lines:\n    the disk is full"]
    assert supervisor.children[0].process.returncode == -signal.SIGTERM


def test_a_child_that_dies_before_the_portal_answers_is_reported(supervisor, said) -> None:
    code = supervisor.run(
        {"beat": python(DIES)}, ready=lambda: False, when_ready=lambda: said.append("open")
    )

    assert code == 1
    assert said == ["beat ended with code 3. Its last lines:\n    the disk is full"]


def test_a_killed_child_is_reported_with_its_signal(supervisor, said) -> None:
    code = supervisor.run(
        {"worker": python(WAITS)},
        ready=lambda: all_up(supervisor),
        when_ready=lambda: supervisor.children[0].process.kill(),
    )

    assert code == 1
    assert said == ["worker was ended by SIGKILL. Its last lines:\n    up"]


def test_a_child_that_ignores_the_request_is_killed_after_the_grace(supervisor, said) -> None:
    supervisor.grace = 0.3
    code = supervisor.run(
        {"web": python(IGNORES_TERM)},
        ready=lambda: all_up(supervisor),
        when_ready=supervisor.asked_to_stop.set,
    )

    assert code == 0
    assert said == ["web did not stop within 0.3 seconds and was killed."]
    assert supervisor.children[0].process.returncode == -signal.SIGKILL


def test_a_portal_that_never_answers_is_stopped(supervisor, said) -> None:
    code = supervisor.run(
        {"web": python(WAITS)}, ready=lambda: False, when_ready=lambda: None, patience=0.5
    )

    assert code == 1
    assert said == ["The portal did not answer within 0.5 seconds."]
    assert supervisor.children[0].process.returncode == -signal.SIGTERM


def test_logs_hold_the_output_with_links_masked(supervisor, tmp_path: Path) -> None:
    link = f"/i/{token_for(Invitation())}/"
    supervisor.run(
        {"web": python(f"print('GET {link}')")}, ready=lambda: False, when_ready=lambda: None
    )

    assert (tmp_path / "logs" / "web.log").read_text() == "GET /i/***/\n"


def test_a_folder_serves_one_portal_at_a_time(tmp_path: Path) -> None:
    with lock_folder(tmp_path), pytest.raises(AlreadyRunning, match=str(os.getpid())):
        lock_folder(tmp_path)
    lock_folder(tmp_path).close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of a parent's death")
def test_children_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ude_portal.supervisor import Supervisor\n"
        f"s = Supervisor(Path({str(tmp_path)!r}), print)\n"
        "up = lambda: all(c.last for c in s.children)\n"
        "tell = lambda: print(s.children[0].process.pid, flush=True)\n"
        f"s.run({{'web': [sys.executable, '-c', {WAITS!r}]}}, ready=up, when_ready=tell)"
    )
    with subprocess.Popen(python(code), stdout=subprocess.PIPE, text=True) as supervisor:
        child = int(supervisor.stdout.readline())
        supervisor.kill()

    assert ends(child)


def ends(pid: int) -> bool:
    """Has the process gone (or become a zombie nobody collects) within half a minute?"""
    for _ in range(300):
        status = Path(f"/proc/{pid}/stat")
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False
