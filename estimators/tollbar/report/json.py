"""JSON for machines: the estimate alone, or the estimate with the decision on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tollbar.report.interface import Report


def render(report: Report) -> str:
    """Return the estimate as it is where nothing was decided, else ``{exit_code, warnings, decision, estimate}``."""
    estimate = report.estimate.to_json(indent=2)
    if report.decision is None:
        return estimate
    decision = report.decision.model_dump_json(by_alias=True, exclude_none=True, indent=2)
    warnings = json.dumps(report.warnings, ensure_ascii=False)
    told = f'"exit_code": {report.exit_code},\n"warnings": {warnings},\n"decision": {decision},\n"estimate": {estimate}'
    return f"{{\n{told}\n}}"
