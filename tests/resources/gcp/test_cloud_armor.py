"""Cloud Armor."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

POLICIES = ("google_compute_security_policy", "google_compute_region_security_policy")
RULES = ("google_compute_security_policy_rule", "google_compute_region_security_policy_rule")
TOLD = {"monthly_requests": 10_000_000}
TWO_RULES = [{"priority": 1000, "action": "deny(403)"}, {"priority": 2147483647, "action": "allow"}]

EXAMPLES = (
    *(Example(name, {"rule": TWO_RULES}, TOLD) for name in POLICIES),
    *(Example(name, {"priority": 1000}) for name in RULES),
)


@pytest.mark.parametrize(("name", "block"), [(POLICIES[0], "rule"), (POLICIES[1], "rules")])
def test_a_policy_its_rules_and_requests(cost_lines: CostLines, name: str, block: str) -> None:
    assert cost_lines(name, {block: TWO_RULES}, TOLD) == {
        "Security policy": Decimal("5.00"),
        "Rules": Decimal("1.00"),  # the default rule is free
        "Requests": Decimal("7.50"),
    }


@pytest.mark.parametrize("name", RULES)
def test_a_rule_of_its_own(cost_lines: CostLines, name: str) -> None:
    assert cost_lines(name, {"priority": 1000}) == {"Rule": Decimal("1.00")}
    assert cost_lines(name, {"priority": 2147483647}) == {}
