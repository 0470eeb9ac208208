"""The file broker never shows half a message."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection
from kombu.transport import filesystem

from ude_portal import broker
from ude_portal.celery import app

MESSAGES = 400


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, str]:
    for name in ("messages", "control"):
        (tmp_path / name).mkdir()
    return {
        "data_folder_in": str(tmp_path / "messages"),
        "data_folder_out": str(tmp_path / "messages"),
        "control_folder": str(tmp_path / "control"),
    }


def connection(transport: Any, folders: dict[str, str]) -> Connection:
    return Connection(transport=transport, transport_options=folders)


def send(transport: Any, folders: dict[str, str]) -> None:
    with connection(transport, folders) as sender:
        channel = sender.channel()
        for number in range(MESSAGES):
            channel._put("celery", {"number": number, "padding": "x" * 5000})


def received(transport: Any, folders: dict[str, str]) -> Iterator[int]:
    """Numbers of the messages, read as fast as they are written."""
    sender = threading.Thread(target=send, args=(transport, folders))
    sender.start()
    try:
        with connection(transport, folders) as receiver:
            channel = receiver.channel()
            while True:
                writing = sender.is_alive()
                try:
                    yield channel._get("celery")["number"]
                except Empty:
                    if not writing:
                        return
    finally:
        sender.join()


def test_every_message_arrives_whole_and_once(folders: dict[str, str]) -> None:
    assert sorted(received(broker.Transport, folders)) == list(range(MESSAGES))
    assert list(Path(folders["data_folder_in"]).iterdir()) == []


def test_messages_arrive_in_the_order_they_were_sent(folders: dict[str, str]) -> None:
    assert list(received(broker.Transport, folders)) == list(range(MESSAGES))


def test_an_unfinished_message_is_not_taken(folders: dict[str, str]) -> None:
    (Path(folders["data_folder_in"]) / "1_a.celery.msg.unfinished").write_text('{"numb')

    with connection(broker.Transport, folders) as receiver, pytest.raises(Empty):
        receiver.channel()._get("celery")


def test_kombus_own_transport_takes_an_unfinished_message(folders: dict[str, str]) -> None:
    """Negative control: this is why the portal has a transport of its own."""
    half_written = Path(folders["data_folder_in"]) / "1_a.celery.msg"
    half_written.touch()

    with connection(filesystem.Transport, folders) as receiver:
        channel = receiver.channel()
        with pytest.raises(ValueError, match="Expecting value"):
            channel._get("celery")


def test_messages_for_other_queues_stay(folders: dict[str, str]) -> None:
    with connection(broker.Transport, folders) as both:
        channel = both.channel()
        channel._put("other", {"number": 1})
        with pytest.raises(Empty):
            channel._get("celery")
        assert channel._get("other") == {"number": 1}


def test_clearing_makes_the_folders_and_removes_what_was_left(tmp_path: Path) -> None:
    left = tmp_path / "messages" / "1_a.celery.msg.taken"
    left.parent.mkdir()
    left.write_text("{}")

    assert broker.clear(str(tmp_path / "messages"), str(tmp_path / "control")) == 1
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["control", "messages"]
    assert not left.exists()


def test_celery_uses_it_for_filesystem_addresses() -> None:
    with app.connection_for_write("filesystem://") as connection:
        assert connection.get_transport_cls() is broker.Transport
