"""The shared cache: Redis while it answers, this process's own memory while it does not.

What lies in the cache are counts of attempts and rendered fragments. Nobody may be turned away
because they cannot be counted together, so a dead Redis costs one short wait and then silence
for ``QUIET`` seconds, in which every process counts for itself.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)

QUIET = 30.0
#: One try more, at once: a connection of the pool may have ended with an earlier Redis.
_IMPATIENT = {"socket_connect_timeout": 1, "socket_timeout": 1}
_quiet_until = 0.0


class SharedCache(BaseCache):
    """``LOCATION`` is Redis's address; several values at once go one by one."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        options = {**_IMPATIENT, **params.get("OPTIONS", {})}
        options.setdefault("retry", Retry(NoBackoff(), 1))
        self._shared = RedisCache(server, {**params, "OPTIONS": options})
        self._own = LocMemCache(f"instead of {server}", params)

    def _ask(self, name: str, *values: Any) -> Any:
        global _quiet_until
        if time.monotonic() >= _quiet_until:
            try:
                return getattr(self._shared, name)(*values)
            except (RedisError, OSError) as error:
                _quiet_until = time.monotonic() + QUIET
                log.warning("The shared cache does not answer (%s).", error)
        return getattr(self._own, name)(*values)

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        return self._ask("add", key, value, timeout, version)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask("get", key, default, version)

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._ask("set", key, value, timeout, version)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._ask("touch", key, timeout, version)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._ask("delete", key, version)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return self._ask("incr", key, delta, version)

    def clear(self) -> None:
        self._own.clear()
        self._ask("clear")
