"""The decision stands whatever an estimate or the settings hold: an error in one rule would take all of it away.

The engine runs OPA with --strict-builtin-errors: a division by 0, or arithmetic with null, is no decision and exit 3.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tollbar.errors import EngineError
from tollbar.policy.library import policy_library
from tollbar.policy.opa_binary import OpaBinary

FULL = json.loads(Path(__file__).with_name("full_estimate.json").read_text(encoding="utf-8"))
"""An estimate with every field that rules look at, so that most of them have something to find."""


def _every(node: Any, change: Any, path: tuple[str, ...] = ()) -> Any:
    """Return the document with what ``change`` makes of each amount; ``meta`` and the counts stay."""
    if isinstance(node, dict):
        return {key: _every(value, change, (*path, key)) for key, value in node.items()}
    if isinstance(node, list):
        return [_every(value, change, path) for value in node]
    whole = path[-1] in {"line", "tier", "retention_days", "max_output_tokens", "max_retries"}
    kept = path[0] in {"meta", "coverage", "deployment"} or whole
    return node if kept or isinstance(node, (str, bool)) else change(node)


@pytest.mark.parametrize(
    ("estimate", "outcome"),
    [
        pytest.param(FULL, "deny", id="as it is"),
        pytest.param(_every(FULL, lambda _: 0), "warn", id="every amount 0"),
        pytest.param(_every(FULL, lambda amount: -amount), "warn", id="every amount negative"),
        pytest.param(_every(FULL, lambda _: 1e30), "deny", id="every amount huge"),
        pytest.param(FULL | {"resources": FULL["resources"] * 2}, "deny", id="every resource twice"),
        pytest.param(FULL | {"resources": []}, "deny", id="no resource"),
    ],
)
def test_extreme_amounts_leave_a_decision(opa: Path, estimate: dict[str, Any], outcome: str) -> None:
    assert OpaBinary(opa, [policy_library()]).decide(json.dumps(estimate)).outcome == outcome


@pytest.mark.parametrize("total", [0, -1])
def test_a_total_that_nothing_is_a_share_of_leaves_a_decision(opa: Path, total: int) -> None:
    estimate = FULL | {"totals": {"monthly_cost": total, "min": total, "p90": total, "max": total}}
    found = OpaBinary(opa, [policy_library()]).decide(json.dumps(estimate)).findings
    assert "all of the total" in next(finding.msg for finding in found if finding.code == "TB113")


def test_every_parameter_that_may_be_null_leaves_a_decision(opa: Path) -> None:
    rules = {
        file.parent.name: {name: None for name, schema in params.items() if _may_be_null(schema)}
        for file in sorted((policy_library() / "tollbar" / "rules").glob("*/*/data.json"))
        if (params := json.loads(file.read_text(encoding="utf-8")).get("params"))
    }
    assert rules["nat_gateway"] == {"other": None, "percent": None}
    decision = OpaBinary(opa, [policy_library()], {"rules": rules}).decide(json.dumps(FULL))
    assert "TB003" not in {finding.code for finding in decision.findings}


def _may_be_null(schema: dict[str, Any]) -> bool:
    return "null" in schema.get("type", ()) or None in schema.get("enum", ())


@pytest.mark.parametrize("resource", [None, 1, "aws_instance.web", []])
def test_a_resource_that_is_no_object_is_refused_with_its_field(opa: Path, resource: object) -> None:
    with pytest.raises(EngineError, match=r"\[TB001\] The input is not an estimate: resources\.0 must be object, not"):
        OpaBinary(opa, [policy_library()]).decide(json.dumps(FULL | {"resources": [resource]}))
