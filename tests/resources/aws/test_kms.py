"""KMS keys."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example("aws_kms_key", {"customer_master_key_spec": "RSA_2048"}, {"monthly_requests": 1_000_000}),
    Example("aws_kms_external_key", {}, {"monthly_requests": 1_000_000}),
    Example("aws_kms_replica_key", {}, {"monthly_requests": 1_000_000}),
    Example("aws_kms_replica_external_key", {}, {"monthly_requests": 1_000_000}),
)


@pytest.mark.parametrize(
    ("spec", "line", "cost"),
    [
        (None, "Requests", "3.00"),
        ("SYMMETRIC_DEFAULT", "Requests", "3.00"),
        ("HMAC_256", "Requests", "3.00"),
        ("RSA_2048", "Requests (RSA 2048)", "3.00"),
        ("RSA_3072", "Requests (asymmetric)", "15.00"),
        ("ECC_NIST_P256", "Requests (asymmetric)", "15.00"),
    ],
)
def test_a_key_and_its_requests_by_spec(cost_lines: CostLines, spec: str | None, line: str, cost: str) -> None:
    lines = cost_lines("aws_kms_key", {"customer_master_key_spec": spec}, {"monthly_requests": 1_000_000})
    assert lines == {"Customer managed key": Decimal("1.00"), line: Decimal(cost)}


@pytest.mark.parametrize(
    "type_name", ["aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_replica_external_key"]
)
def test_every_kind_of_key_costs_a_dollar(cost_lines: CostLines, type_name: str) -> None:
    assert cost_lines(type_name, {}) == {"Customer managed key": Decimal("1.00"), "Requests": "usage"}


def test_requests_are_priced_by_region_the_key_is_not(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_kms_key", {}, region="mars-north-1")
    assert lines["Customer managed key"] == Decimal("1.00")
    assert str(lines["Requests"]).startswith("price_not_found: Requests: no price for aws/kms/requests/symmetric")


def test_an_unknown_spec_is_not_guessed(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_kms_key", {"customer_master_key_spec": UNKNOWN})
    assert lines == {"unknown_until_apply": "customer_master_key_spec is known only after apply"}
