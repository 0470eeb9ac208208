"""Fixtures for the whole suite."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import translation

from .cast import World, make_world
from .smtp_sink import smtp  # noqa: F401

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def network_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests reach this machine's loopback and nothing else."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address}")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def every_test_in_german() -> Any:
    """Every test starts in German, the portal's first language."""
    with translation.override("de"):
        yield


@pytest.fixture
def django_assert_num_queries(django_assert_num_queries: Any) -> Any:
    """Content types, which a process reads once, are known, whichever test came before."""

    def asserted(number: int, **more: Any) -> Any:
        ContentType.objects.get_for_models(*apps.get_models())
        return django_assert_num_queries(number, **more)

    return asserted


@pytest.fixture(scope="module")
def standing_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world of the cast, made once for all tests of a module and gone after them."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("de"):
        world = make_world()
        world.sign_everybody_in()
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(standing_world: World, db: None) -> World:
    """The world of the cast as it was made: what a test changes is undone after it.

    Making it takes longer than visiting a page with the whole cast, and hundreds of tests do.
    """
    standing_world.start_anew()
    return standing_world
