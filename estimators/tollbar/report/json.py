"""JSON for machines: the estimate alone, or the estimate with the decision on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tollbar.report.interface import Report


def render(report: Report) -> str:
    """Return the estimate as it is where nothing was decided, else ``{estimate, decision, exit_code}``."""
    estimate = report.estimate.to_json(indent=2)
    if report.decision is None:
        return estimate
    decision = report.decision.model_dump_json(by_alias=True, exclude_none=True, indent=2)
    return f'{{\n"exit_code": {report.exit_code},\n"decision": {decision},\n"estimate": {estimate}\n}}'
