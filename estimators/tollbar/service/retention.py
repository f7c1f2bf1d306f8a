"""Deletes decisions that are older than they are to be kept: when the service starts, and once a day."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import anyio.to_thread

from tollbar.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tollbar.ledger.ledger import Ledger

_DAY_SECONDS = 24 * 3600


@asynccontextmanager
async def retention(ledger: Ledger, days: int | None, log: Any) -> AsyncIterator[None]:  # noqa: ANN401 -- see request_log
    """Delete what is too old while the block runs; nothing where no number of days is told."""
    if days is None:
        yield
        return
    task = asyncio.create_task(_every_day(ledger, days, log))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _every_day(ledger: Ledger, days: int, log: Any) -> None:  # noqa: ANN401 -- as above
    while True:
        try:
            deleted = await anyio.to_thread.run_sync(ledger.delete_before, datetime.now(UTC) - timedelta(days=days))
            log.info("retention", deleted=deleted, days=days)
        except LedgerError as error:
            log.warning("retention failed", error=error.message)
        await asyncio.sleep(_DAY_SECONDS)
