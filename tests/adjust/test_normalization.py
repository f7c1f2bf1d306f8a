"""How sizes count against each other, by the tables of the vendors' documentation."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tollbar.adjust.normalization import azure_series, deployment_factor, family_of, is_flexible_family, size_factor


@pytest.mark.parametrize(
    ("instance_type", "factor"),
    [
        ("t3.nano", "0.25"), ("t3.micro", "0.5"), ("t3.small", "1"), ("t3.medium", "2"), ("m5.large", "4"),
        ("m5.xlarge", "8"), ("m5.2xlarge", "16"), ("c5.9xlarge", "72"), ("m5.24xlarge", "192"),
        ("u-24tb1.112xlarge", "896"), ("db.r5.4xlarge", "32"),
    ],
)  # fmt: skip
def test_size_factors(instance_type: str, factor: str) -> None:
    assert size_factor(instance_type) == Decimal(factor)


def test_metal_has_no_factor() -> None:
    assert size_factor("m5.metal") is None


def test_families() -> None:
    assert [family_of(name) for name in ("m5.large", "db.m5.large", "u7i-6tb.112xlarge")] == ["m5", "db.m5", "u7i-6tb"]
    assert [is_flexible_family(name) for name in ("m5.large", "g5.xlarge", "p5.48xlarge")] == [True, False, False]


def test_deployments() -> None:
    names = ("single_az", "multi_az", "multi_az_cluster", "standard", "io_optimized")
    assert [deployment_factor(name) for name in names] == [1, 2, 3, 1, Decimal("1.3")]


@pytest.mark.parametrize(
    ("size", "series"),
    [
        ("standard_d4s_v5", ("ds_v5", 4)),
        ("standard_e16ads_v5", ("eads_v5", 16)),
        ("standard_f2", ("f", 2)),
        ("standard_dc4as_v5", ("dcas_v5", 4)),
        ("standard_b2ms", None),
        ("standard_e8-4s_v5", None),
        ("standard_nc24ads_a100_v4", None),
    ],
)
def test_azure_series(size: str, series: tuple[str, int] | None) -> None:
    found = azure_series(size)
    assert (found and (found[0], int(found[1]))) == series
