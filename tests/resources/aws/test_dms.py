"""DMS replication instances."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

MULTI_AZ = {"replication_instance_class": "dms.t2.micro", "allocated_storage": 70, "multi_az": True}

EXAMPLES = (Example("aws_dms_replication_instance", MULTI_AZ, grows=("allocated_storage",)),)


def test_storage_beyond_the_included_is_billed(cost_lines: CostLines) -> None:
    assert cost_lines("aws_dms_replication_instance", MULTI_AZ) == {
        "Replication instance (Multi-AZ, dms.t2.micro)": Decimal("26.28"),
        "Storage (general purpose SSD, gp2)": Decimal("4.60"),
    }
    assert cost_lines("aws_dms_replication_instance", {**MULTI_AZ, "multi_az": False}) == {
        "Replication instance (Single-AZ, dms.t2.micro)": Decimal("13.14"),
        "Storage (general purpose SSD, gp2)": Decimal("2.30"),
    }


def test_larger_classes_include_more_storage(cost_lines: CostLines) -> None:
    lines = cost_lines(
        "aws_dms_replication_instance", {"replication_instance_class": "dms.r5.large", "allocated_storage": 100}
    )
    assert list(lines) == ["Replication instance (Single-AZ, dms.r5.large)"]
    assert str(lines["Replication instance (Single-AZ, dms.r5.large)"]).startswith("price_not_found")


def test_an_undeclared_class_is_unpriced(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_dms_replication_instance", {})
    assert lines == {"unknown_until_apply": "replication_instance_class is not declared"}
