"""Estimates that come as JSON: checked, and taken apart into what the ledger goes by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import ValidationError

from tollbar import __version__
from tollbar.errors import InputError
from tollbar.estimate import (
    SCHEMA_VERSION,
    Coverage,
    Deployment,
    Estimate,
    History,
    Meta,
    Prices,
    Source,
    Totals,
)
from tollbar.ledger.ledger import facts_of

if TYPE_CHECKING:
    from tollbar.ledger.interface import Facts

_MOST_ERRORS = 10


@dataclass(frozen=True, slots=True)
class EstimateText:
    """An estimate as JSON, with what is asked of it besides. ``has_history`` tells whether it brings its own."""

    text: str
    facts: Facts
    deployment: Deployment
    has_history: bool

    def with_history(self, history: History) -> EstimateText:
        """Return it with what came before, put at the end of the document: it is not read again."""
        if self.has_history or not (history.deployments or history.spend):
            return self
        told = history.model_dump_json(exclude_none=True)
        return EstimateText(f'{self.text[:-1]},"history":{told}}}', self.facts, self.deployment, has_history=True)


def read_estimate(body: bytes | str) -> EstimateText:
    """Return an estimate that was sent.

    Raises:
        InputError: It is none, or of a schema version that is not known; the first fields that are wrong are told.
    """
    try:
        estimate = Estimate.model_validate_json(body)
    except ValidationError as error:
        found = [f"{'.'.join(map(str, each['loc'])) or 'body'}: {each['msg']}" for each in error.errors()]
        more = f" and {len(found) - _MOST_ERRORS} more" if len(found) > _MOST_ERRORS else ""
        told = "; ".join(found[:_MOST_ERRORS])
        raise InputError(f"this is no estimate of schema version {SCHEMA_VERSION}: {told}{more}") from None
    return text_of(estimate)


def text_of(estimate: Estimate) -> EstimateText:
    """Return an estimate as JSON, with what is asked of it besides."""
    return EstimateText(
        estimate.to_json(), facts_of(estimate), estimate.deployment, has_history=estimate.history is not None
    )


def visible_history(history: History, projects: frozenset[str] | None) -> History:
    """Return the part of what came before that somebody may see: that of some projects, or, for None, all."""
    if projects is None:
        return history
    seen = tuple(deployment for deployment in history.deployments if deployment.project_id in projects)
    return history.model_copy(update={"deployments": seen})


def visible_text(text: str, projects: frozenset[str] | None) -> str:
    """Return a kept estimate with the part of what came before it that somebody may see.

    Raises:
        InputError: It is of a schema version that is not known.
    """
    if projects is None:
        return text
    estimate = Estimate.from_json(text, "the estimate")
    if estimate.history is None:
        return text
    return estimate.model_copy(update={"history": visible_history(estimate.history, projects)}).to_json()


def empty_estimate() -> Estimate:
    """Return an estimate of nothing: what a policy is asked about to see whether it answers."""
    now = datetime.now(UTC)
    day, nothing = now.date().isoformat(), Decimal(0)
    return Estimate(
        meta=Meta(
            now=now.isoformat(timespec="seconds").replace("+00:00", "Z"), tollbar=__version__,
            source=Source(kind="none", path="none"), prices=Prices(snapshot=day, as_of=day), assumptions=True,
        ),
        deployment=Deployment(name="nothing", environment="dev"),
        resources=(),
        totals=Totals(monthly_cost=nothing, min=nothing, p90=nothing, max=nothing),
        coverage=Coverage(priced=0, free=0, unpriced=0),
    )  # fmt: skip
