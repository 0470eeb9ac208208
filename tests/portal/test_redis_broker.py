"""Workers outlive Redis: a connection that is gone fails nobody who still holds a message."""

from __future__ import annotations

from typing import Any

import pytest
from kombu.transport import get_transport_cls, redis

from ude_portal import redis_broker

OURS, KOMBUS = redis_broker.Transport.Channel, redis.Transport.Channel


class Asked(Exception):
    """Somebody talked to Redis."""


def a_channel(kind: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A channel with one message at work; Redis is not there for it."""

    def no_redis(*args: Any, **kwargs: Any) -> None:
        raise Asked

    monkeypatch.setattr(redis.QoS, "restore_unacked", no_redis)
    monkeypatch.setattr(redis.QoS, "ack", no_redis)
    monkeypatch.setattr(redis.QoS, "reject", no_redis)
    channel = kind.__new__(kind)
    channel._qos = redis.QoS(channel)
    channel._qos._delivered["tag"] = "message"
    return channel


@pytest.fixture(params=["close", "ack", "reject"])
def act(request: pytest.FixtureRequest) -> Any:
    return {
        "close": lambda channel: channel.qos.restore_unacked_once(),
        "ack": lambda channel: channel.basic_ack("tag"),
        "reject": lambda channel: channel.basic_reject("tag", requeue=True),
    }[request.param]


def test_a_message_of_a_lost_connection_is_let_go(act: Any, monkeypatch: Any) -> None:
    channel = a_channel(OURS, monkeypatch)
    channel.closed = True
    act(channel)


def test_kombus_own_channel_talks_to_redis(act: Any, monkeypatch: Any) -> None:
    """Negative control."""
    channel = a_channel(KOMBUS, monkeypatch)
    channel.closed = True
    with pytest.raises(Asked):
        act(channel)


@pytest.mark.parametrize("name", ["basic_ack", "basic_reject"])
def test_a_message_of_a_living_connection_is_acknowledged(name: str, monkeypatch: Any) -> None:
    channel = a_channel(OURS, monkeypatch)
    channel.closed = False
    with pytest.raises(Asked):
        getattr(channel, name)("tag")


@pytest.mark.parametrize("scheme", ["redis", "rediss"])
def test_the_portal_uses_its_own_transport(scheme: str) -> None:
    assert get_transport_cls(scheme) is redis_broker.Transport
