"""The backend's health check: a quiet socket is trusted, anything else is asked."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections

from ude_portal.postgresql.base import DatabaseWrapper


class Session:
    """A connection whose server is the other end of a pair of sockets."""

    def __init__(self, ours: socket.socket, *, answers: bool) -> None:
        self.closed = False
        self.questions = 0
        self.fileno, self._answers = ours.fileno, answers

    def cursor(self) -> Any:
        self.questions += 1
        if not self._answers:
            raise psycopg.OperationalError("the connection is lost")
        return psycopg.ClientCursor.__new__(Silent)


class Silent(psycopg.ClientCursor[Any]):
    def execute(self, *args: Any, **kwargs: Any) -> Any:
        return self

    def close(self) -> None:
        pass


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


def wrapper(session: Session) -> DatabaseWrapper:
    made = DatabaseWrapper({**connections["default"].settings_dict, "OPTIONS": {}})
    made.connection = session  # type: ignore[assignment]
    return made


def test_a_quiet_connection_is_trusted_without_a_question(ends: Any) -> None:
    session = Session(ends[0], answers=True)
    assert (wrapper(session).is_usable(), session.questions) == (True, 0)


def test_a_server_that_hung_up_is_noticed(ends: Any) -> None:
    session = Session(ends[0], answers=False)
    ends[1].close()
    assert (wrapper(session).is_usable(), session.questions) == (False, 1)


def test_a_server_that_says_something_is_asked_whether_it_lives(ends: Any) -> None:
    session = Session(ends[0], answers=True)
    ends[1].send(b"notice")
    assert (wrapper(session).is_usable(), session.questions) == (True, 1)


def test_after_an_error_the_server_is_asked_although_it_is_quiet(ends: Any) -> None:
    session = Session(ends[0], answers=False)
    made = wrapper(session)
    made.errors_occurred = True
    assert (made.is_usable(), session.questions) == (False, 1)


def test_without_a_connection_nothing_is_usable(ends: Any) -> None:
    closed = Session(ends[0], answers=False)
    closed.closed = True
    assert [wrapper(closed).is_usable(), wrapper(None).is_usable()] == [False, False]  # type: ignore[arg-type]
