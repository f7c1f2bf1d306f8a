"""Whether the service is there, and whether it can decide; figures for Prometheus."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

import anyio.to_thread
from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel

from tollbar import __version__
from tollbar.errors import LedgerError
from tollbar.ledger.interface import Selection
from tollbar.service.access import TheService, caller_with
from tollbar.service.authentication import Caller
from tollbar.service.problems import unavailable

router = APIRouter(tags=["operation"])


class Health(BaseModel):
    """That it is there."""

    status: Literal["ok"] = "ok"
    version: str = __version__


@router.get("/healthz")
async def health() -> Health:
    """Tell that the process is there."""
    return Health()


@router.get("/readyz")
async def ready(service: TheService) -> Health:
    """Tell that decisions can be made and kept: OPA and the ledger answer."""
    if not await service.engine.is_well():
        raise unavailable("policy-not-evaluated", "OPA is not ready")
    try:
        await anyio.to_thread.run_sync(partial(_ask, service))
    except LedgerError as error:
        raise unavailable("ledger-unavailable", error.message) from None
    return Health()


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
async def metrics(service: TheService, _: Annotated[Caller, Depends(caller_with("metrics"))]) -> Response:
    """Tell figures in Prometheus's text format."""
    return Response(service.metrics.exposition(), media_type="text/plain; version=0.0.4; charset=utf-8")


def _ask(service: TheService) -> None:
    next(iter(service.ledger.select(Selection(since="9999-12-31T00:00:00Z"))), None)
