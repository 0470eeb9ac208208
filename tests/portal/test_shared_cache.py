"""A cache on Redis that is gone must slow nobody down and turn nobody away."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator

import pytest
from django.core.cache.backends.redis import RedisCache
from django.test import Client
from redis.exceptions import ConnectionError as NoRedis

from tests.ports import free_port
from ude_portal import shared_cache
from ude_portal.shared_cache import SharedCache


class Redis(socketserver.ThreadingTCPServer):
    """Knows one value, 7, and says OK to everything else."""

    daemon_threads = True
    allow_reuse_address = True
    asked = 0


class _Talk(socketserver.StreamRequestHandler):
    server: Redis

    def handle(self) -> None:
        while head := self.rfile.readline():
            words = []
            for _ in range(int(head[1:])):
                self.rfile.readline()
                words.append(self.rfile.readline().strip())
            self.server.asked += words[0] == b"GET"
            self.wfile.write(b"$1\r\n7\r\n" if words[0] == b"GET" else b"+OK\r\n")


@pytest.fixture(autouse=True)
def nothing_happened_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_cache, "_quiet_until", 0.0)


@pytest.fixture
def redis() -> Iterator[Redis]:
    with Redis(("127.0.0.1", 0), _Talk) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def address(port: int) -> str:
    return f"redis://127.0.0.1:{port}/0?protocol=2"


def cache_at(port: int) -> SharedCache:
    cache = SharedCache(address(port), {})
    cache._own.clear()
    return cache


def test_a_redis_that_answers_is_asked(redis: Redis) -> None:
    cache = cache_at(redis.server_address[1])
    assert (cache.get("attempts"), redis.asked) == (7, 1)


def test_without_redis_every_process_counts_for_itself() -> None:
    cache = cache_at(free_port())
    assert cache.add("attempts", 1) is True
    assert cache.add("attempts", 5) is False
    assert cache.incr("attempts") == 2
    cache.set("name", "Köln", 60)
    assert cache.get_many(["attempts", "name", "else"]) == {"attempts": 2, "name": "Köln"}
    assert (cache.touch("name", 60), cache.has_key("name")) == (True, True)
    assert (cache.delete("name"), cache.get("name", "gone")) == (True, "gone")
    cache.clear()
    assert cache.get("attempts") is None


def test_a_count_that_is_not_there_is_refused_as_by_every_cache() -> None:
    with pytest.raises(ValueError, match="attempts"):
        cache_at(free_port()).incr("attempts")


def test_a_dead_redis_is_left_alone_for_a_while(redis: Redis) -> None:
    cache_at(free_port()).get("attempts")
    cache = cache_at(redis.server_address[1])
    assert (cache.get("attempts"), redis.asked) == (None, 0)


def test_after_the_silence_redis_is_asked_again(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_cache, "QUIET", 0.0)
    cache_at(free_port()).get("attempts")
    assert cache_at(redis.server_address[1]).get("attempts") == 7


def test_a_wrong_link_gets_its_page_while_redis_is_gone(client: Client, settings, db) -> None:
    backend = "ude_portal.shared_cache.SharedCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": address(free_port())}}
    assert client.get("/i/broken/").status_code == 404


def test_djangos_own_redis_cache_fails_the_request() -> None:
    """Negative control."""
    with pytest.raises(NoRedis):
        RedisCache(address(free_port()), {}).get("attempts")
