"""A policy written for the format of the owner's document runs on our estimates, its text as it stands."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.golden.cases import golden_cases

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def seed_policy(shared: Path, tmp_path: Path) -> Path:
    """The Rego of the document, cut out of it unchanged."""
    text = (shared / "seeds" / "000_6540149f8ae9bf01.txt").read_text(encoding="utf-8")
    found = re.search(r"^package cost$.*?(?=^Component 3)", text, flags=re.DOTALL | re.MULTILINE)
    assert found, "the document holds no policy"
    file = tmp_path / "cost_limits.rego"
    file.write_text(found.group(), encoding="utf-8")
    return file


def _evaluate(opa: Path, policy: Path, estimate: dict[str, Any], rule: str) -> list[str]:
    command = [str(opa), "eval", "--v0-compatible", "--strict-builtin-errors", "--stdin-input", "--format", "json",
               "--data", str(policy), f"data.cost.{rule}"]  # fmt: skip
    done = subprocess.run(command, input=json.dumps(estimate), capture_output=True, text=True, check=True)
    return sorted(json.loads(done.stdout)["result"][0]["expressions"][0]["value"])


def _estimate(name: str) -> dict[str, Any]:
    (case,) = (case for case in golden_cases() if case.name == name)
    document: dict[str, Any] = json.loads(case.estimate_file.read_text(encoding="utf-8"))
    return document


def test_it_denies_what_is_over_the_limit_and_lets_the_approved_pass(opa: Path, seed_policy: Path) -> None:
    estimate = _estimate("shop")
    limit = {"dev": 1000, "staging": 2000, "prod": 5000}
    over = [
        resource
        for resource in estimate["resources"]
        if resource.get("monthly_cost", 0) > limit[resource["tags"].get("environment", "dev")]
    ]
    assert {bool(resource["tags"].get("cost_approved")) for resource in over} == {True, False}
    not_approved = [resource for resource in over if "cost_approved" not in resource["tags"]]
    denied = [message for message in _evaluate(opa, seed_policy, estimate, "deny") if " costs " in message]
    assert denied == ["Resource this costs $1137.28/month, exceeds dev limit of $%!f(int64=1000)"]
    assert len(not_approved) == 1


def test_it_denies_missing_tags_and_a_dear_deployment(opa: Path, seed_policy: Path) -> None:
    estimate = _estimate("shop")
    untagged = {r["name"] for r in estimate["resources"] if "cost_center" not in r["tags"]}
    denied = _evaluate(opa, seed_policy, estimate, "deny")
    assert untagged
    for name in untagged:
        assert f"Resource {name} missing required cost_center tag" in denied
    assert not any("Total deployment cost" in message for message in denied)
    estimate["resources"][0]["monthly_cost"] = 20000
    assert any("Total deployment cost" in m for m in _evaluate(opa, seed_policy, estimate, "deny"))
    estimate["deployment"]["tags"]["high_cost_approved"] = "yes"
    assert not any("Total deployment cost" in m for m in _evaluate(opa, seed_policy, estimate, "deny"))


def test_it_warns_of_dear_instance_types_in_dev(opa: Path, seed_policy: Path) -> None:
    estimate = _estimate("changed_plan")
    (instance,) = (r for r in estimate["resources"] if r["address"] == "aws_instance.api[0]")
    assert _evaluate(opa, seed_policy, estimate, "warn") == []
    instance["tags"]["environment"] = "dev"
    assert _evaluate(opa, seed_policy, estimate, "warn") == [
        "Resource api uses expensive instance type m5.4xlarge in dev environment"
    ]
