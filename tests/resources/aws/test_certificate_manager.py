"""Private certificates and certificate authorities."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN, UNKNOWN_OR_UNSET

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example("aws_acm_certificate", {"certificate_authority_arn": "arn:aws:acm-pca:x"}),
    Example("aws_acmpca_certificate_authority", {"usage_mode": "GENERAL_PURPOSE"}, {"monthly_requests": 100}),
    Example("aws_acmpca_certificate_authority", {"usage_mode": "SHORT_LIVED_CERTIFICATE"}, {"monthly_requests": 100}),
)

GENERAL, SHORT = "Private certificate authority (general-purpose)", "Private certificate authority (short-lived)"


def test_a_public_certificate_is_free(cost_lines: CostLines) -> None:
    assert cost_lines("aws_acm_certificate", {"domain_name": "example.com"}) == {}


@pytest.mark.parametrize(
    ("attributes", "references"),
    [
        ({"certificate_authority_arn": "arn:aws:acm-pca:…"}, {}),
        ({"certificate_authority_arn": UNKNOWN}, {}),
        ({}, {"certificate_authority_arn": ("aws_acmpca_certificate_authority.ca",)}),
    ],
)
def test_a_private_certificate_is_issued_once(
    cost_lines: CostLines, attributes: dict[str, object], references: dict[str, tuple[str, ...]]
) -> None:
    lines = cost_lines("aws_acm_certificate", attributes, references=references)
    assert lines == {"Private certificate": Decimal("0.75")}


@pytest.mark.parametrize(("certificates", "cost"), [(1000, "750.00"), (10_000, "3900.00"), (20_001, "3910.00")])
def test_a_general_purpose_authority_has_tiers(cost_lines: CostLines, certificates: int, cost: str) -> None:
    lines = cost_lines("aws_acmpca_certificate_authority", {}, {"monthly_requests": certificates})
    assert lines == {GENERAL: Decimal("400.00"), "Certificates issued": Decimal(cost)}


def test_a_short_lived_authority_is_cheaper(cost_lines: CostLines) -> None:
    attributes = {"usage_mode": "SHORT_LIVED_CERTIFICATE"}
    lines = cost_lines("aws_acmpca_certificate_authority", attributes, {"monthly_requests": 20_001})
    assert lines == {SHORT: Decimal("50.00"), "Certificates issued": Decimal("1160.06")}


def test_an_unset_mode_is_general_purpose(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_acmpca_certificate_authority", {"usage_mode": UNKNOWN_OR_UNSET})
    assert lines == {GENERAL: Decimal("400.00"), "Certificates issued": "usage"}


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_acmpca_certificate_authority", {}, region="mars-north-1")
    assert all(str(line).startswith("price_not_found") for line in lines.values())
