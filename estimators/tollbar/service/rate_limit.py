"""How many requests a caller may make: a moving window of a minute, counted here or in Redis for all replicas."""

from __future__ import annotations

import time
from math import ceil
from typing import TYPE_CHECKING, Any

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import ConfigurationError, StorageError
from limits.storage import storage_from_string

from tollbar.errors import ConfigError
from tollbar.service.problems import Problem

if TYPE_CHECKING:
    from tollbar.service.authentication import Caller

_REDIS_SECONDS = 0.5


class RateLimit:
    """Counts requests by caller. While Redis does not answer, each replica counts for itself: nobody waits for it."""

    def __init__(self, per_minute: int, storage: str) -> None:
        """Take the number and where it is counted: ``memory://`` or ``redis://HOST``.

        Raises:
            ConfigError: It can be counted in neither; what was told is not, for a password may stand in it.
        """
        self._item = RateLimitItemPerMinute(per_minute)
        try:
            shared = storage_from_string(f"async+{storage}", wrap_exceptions=True, **_options(storage))
        except ModuleNotFoundError:
            raise ConfigError(
                "counting requests in Redis needs the package redis", hint="Install it: pip install 'tollbar[redis]'"
            ) from None
        except (ConfigurationError, ValueError):
            told = "the place where requests are counted (rate_storage) is none that is known"
            raise ConfigError(told, hint="Write it as memory:// or redis://HOST:6379.") from None
        self._shared = MovingWindowRateLimiter(shared)
        self._own = MovingWindowRateLimiter(MemoryStorage())

    async def count(self, caller: Caller) -> dict[str, str]:
        """Count a request, and return the headers that tell how many are left.

        Raises:
            Problem: 429 with Retry-After, there were too many.
        """
        try:
            return await self._count(self._shared, caller)
        except StorageError:
            return await self._count(self._own, caller)

    async def _count(self, limiter: MovingWindowRateLimiter, caller: Caller) -> dict[str, str]:
        let_in = await limiter.hit(self._item, caller.id)
        window = await limiter.get_window_stats(self._item, caller.id)
        wait = max(1, ceil(window.reset_time - time.time()))
        headers = {
            "RateLimit-Policy": f'"caller";q={self._item.amount};w={self._item.get_expiry()}',
            "RateLimit": f'"caller";r={window.remaining};t={wait}',
        }
        if not let_in:
            headers["Retry-After"] = str(wait)
            raise Problem(429, "rate-limit", f"more than {self._item.amount} requests a minute", headers=headers)
        return headers


def _options(storage: str) -> dict[str, Any]:
    """Return how Redis is asked: by the package of our own extra (limits would look for another), and not for long."""
    if not storage.startswith("redis"):
        return {}
    from redis.backoff import NoBackoff  # noqa: PLC0415 -- an extra
    from redis.retry import Retry  # noqa: PLC0415 -- as above

    return {
        "implementation": "redispy",
        "socket_connect_timeout": _REDIS_SECONDS,
        "socket_timeout": _REDIS_SECONDS,
        "retry": Retry(NoBackoff(), 1),
    }
