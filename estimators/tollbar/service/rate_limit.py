"""How many requests a caller may make: a moving window of a minute, counted here or in Redis for all replicas."""

from __future__ import annotations

import time
from math import ceil
from typing import TYPE_CHECKING

from limits import RateLimitItemPerMinute
from limits.aio.strategies import MovingWindowRateLimiter
from limits.storage import storage_from_string

from tollbar.service.problems import Problem

if TYPE_CHECKING:
    from tollbar.service.authentication import Caller


class RateLimit:
    """Counts requests by caller."""

    def __init__(self, per_minute: int, storage: str) -> None:
        """Take the number and where it is counted: ``memory://`` or ``redis://HOST``."""
        self._item = RateLimitItemPerMinute(per_minute)
        self._limiter = MovingWindowRateLimiter(storage_from_string(f"async+{storage}"))

    async def count(self, caller: Caller) -> dict[str, str]:
        """Count a request, and return the headers that tell how many are left.

        Raises:
            Problem: 429 with Retry-After, there were too many.
        """
        let_in = await self._limiter.hit(self._item, caller.id)
        window = await self._limiter.get_window_stats(self._item, caller.id)
        wait = max(1, ceil(window.reset_time - time.time()))
        headers = {
            "RateLimit-Policy": f'"caller";q={self._item.amount};w={self._item.get_expiry()}',
            "RateLimit": f'"caller";r={window.remaining};t={wait}',
        }
        if not let_in:
            headers["Retry-After"] = str(wait)
            raise Problem(429, "rate-limit", f"more than {self._item.amount} requests a minute", headers=headers)
        return headers
