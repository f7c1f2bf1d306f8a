"""Certificate Authority Service."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

AUTHORITY = "google_privateca_certificate_authority"
POOL = declared("google_privateca_ca_pool", {"name": "main", "tier": "DEVOPS"}, name="pool")

EXAMPLES = (Example(AUTHORITY, {"pool": "main"}, others=(POOL,)),)


@pytest.mark.parametrize(("tier", "cost"), [("DEVOPS", "20.00"), ("ENTERPRISE", "200.00")])
def test_the_pool_decides_the_tier(cost_lines: CostLines, tier: str, cost: str) -> None:
    pool = declared("google_privateca_ca_pool", {"tier": tier}, name="pool")
    lines = cost_lines(AUTHORITY, {}, others=[pool], references={"pool": (pool.address,)})
    assert lines == {f"Certificate authority ({tier.lower()})": Decimal(cost)}


def test_a_pool_of_another_project_tells_nothing(cost_lines: CostLines) -> None:
    assert cost_lines(AUTHORITY, {"pool": "elsewhere"}) == {
        "unknown_until_apply": "the tier of the authority's pool is not declared in this project"
    }
