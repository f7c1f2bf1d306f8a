"""Cloud KMS keys."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

KEY = "google_kms_crypto_key"
TOLD = {"key_versions": 5000, "monthly_key_operations": 10_000}


def template(level: str, algorithm: str = "GOOGLE_SYMMETRIC_ENCRYPTION") -> dict[str, Any]:
    return {"version_template": [{"protection_level": level, "algorithm": algorithm}]}


EXAMPLES = (
    Example(KEY, {}, {"monthly_key_operations": 10_000}),
    Example(KEY, template("HSM", "EC_SIGN_P256_SHA256"), TOLD),
    Example(KEY, template("EXTERNAL"), TOLD),
)


@pytest.mark.parametrize(
    ("attributes", "versions", "operations"),
    [
        ({}, "300.00", "0.03"),
        (template("SOFTWARE"), "300.00", "0.03"),
        (template("HSM"), "5000.00", "0.03"),
        (template("HSM", "RSA_SIGN_PSS_2048_SHA256"), "5000.00", "0.03"),
        (template("HSM", "RSA_SIGN_PSS_4096_SHA512"), "8000.00", "0.15"),  # 2000 at $2.50, the rest at $1
        (template("HSM", "EC_SIGN_P256_SHA256"), "8000.00", "0.15"),
        (template("EXTERNAL"), "15000.00", "0.03"),
        (template("EXTERNAL_VPC"), "15000.00", "0.03"),
    ],
)
def test_versions_cost_by_protection_and_algorithm(
    cost_lines: CostLines, attributes: dict[str, Any], versions: str, operations: str
) -> None:
    lines = cost_lines(KEY, attributes, TOLD)
    assert lines == {"Key versions": Decimal(versions), "Operations": Decimal(operations)}


def test_a_key_has_one_version(cost_lines: CostLines) -> None:
    assert cost_lines(KEY, {}) == {"Key versions": Decimal("0.06"), "Operations": "usage"}


def test_rotation_makes_versions(cost_lines: CostLines) -> None:
    lines = cost_lines(KEY, {"rotation_period": "100000s"})
    assert lines["Key versions"] == Decimal("1.58")  # 2,628,000 s a month / 100,000 s x $0.06
    assert cost_lines(KEY, {"rotation_period": "7776000s"})["Key versions"] == Decimal("0.06")
