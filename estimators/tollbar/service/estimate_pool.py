"""Worker processes that make estimates: pricing is computing, and the event loop must stay free for others.

A worker that takes too long is ended and another put in its place; each is replaced after some hundred estimates, so
that no memory is kept for good.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from concurrent.futures import TimeoutError as TookTooLong
from typing import TYPE_CHECKING, TypeVar

from pebble import ProcessExpired, ProcessPool

from tollbar.service.estimate_job import Estimated, estimate_upload, prepare_worker, read_sent_estimate
from tollbar.service.problems import Problem, unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tollbar.service.estimate_text import EstimateText
    from tollbar.service.upload import Upload

_Given = TypeVar("_Given")
_Got = TypeVar("_Got")
_ESTIMATES_PER_WORKER = 500
_WAITING_PER_WORKER = 8


class EstimatePool:
    """So many processes, and a bounded queue before them."""

    def __init__(self, workers: int, *, seconds: float, memory: int, readable: Sequence[str]) -> None:
        """Take the number of processes, and of one the time limit, the memory (bytes) and the folders of prices."""
        self._workers = workers
        self._seconds = seconds
        self._room = workers * _WAITING_PER_WORKER
        self._waiting = 0
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=_ESTIMATES_PER_WORKER,
            initializer=prepare_worker,
            initargs=[memory, tuple(readable)],
            context=multiprocessing.get_context("spawn"),
        )

    def warm_up(self) -> None:
        """Start the workers, so that the first estimate need not wait for them."""
        for _ in range(self._workers):
            self._pool.schedule(int)

    async def estimate(self, upload: Upload) -> Estimated:
        """Return the estimate of an upload.

        Raises:
            TollbarError: The input is not what it should be.
            Problem: 503, too many are waiting, or a worker ended; 504, it took too long.
        """
        return await self._run(estimate_upload, upload)

    async def read(self, body: bytes) -> EstimateText:
        """Return an estimate that was sent as JSON.

        Raises:
            InputError: It is none.
            Problem: As for :meth:`estimate`.
        """
        return await self._run(read_sent_estimate, body)

    async def _run(self, job: Callable[[_Given], _Got], given: _Given) -> _Got:
        if self._waiting >= self._room:
            raise unavailable("too-many-estimates", "too many estimates are being made")
        self._waiting += 1
        try:
            return await asyncio.wrap_future(self._pool.schedule(job, args=[given], timeout=self._seconds))
        except (TookTooLong, TimeoutError):
            raise Problem(504, "estimate-too-slow", f"the estimate took over {self._seconds:.0f} seconds") from None
        except ProcessExpired:
            raise unavailable("estimate-failed", "the worker that made the estimate ended") from None
        except RuntimeError:  # what the pool says when its workers cannot be started
            raise unavailable("estimate-failed", "no worker can be started") from None
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """End the workers, whatever they do."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
