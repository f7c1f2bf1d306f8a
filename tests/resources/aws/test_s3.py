"""S3 buckets by storage class, and what watches them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resources.registry import resource_types

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

BUCKET_KEYS = tuple(resource_types("aws")["aws_s3_bucket"].usage_key_by_name)
EXAMPLES = (
    Example("aws_s3_bucket", {"bucket": "b"}, dict.fromkeys(BUCKET_KEYS, 1000)),
    Example("aws_s3_bucket_analytics_configuration", {}, {"monthly_monitored_objects": 1_000_000}),
    Example("aws_s3_bucket_inventory", {}, {"monthly_listed_objects": 1_000_000}),
)


def test_a_bucket_nobody_told_of_depends_on_use(cost_lines: CostLines) -> None:
    assert cost_lines("aws_s3_bucket", {}) == {
        "Standard: Storage": "usage",
        "Standard: PUT, COPY, POST, LIST requests": "usage",
        "Standard: GET, SELECT, and all other requests": "usage",
    }


def test_standard(cost_lines: CostLines) -> None:
    usage = {
        "standard.storage_gb": 10000,
        "standard.monthly_tier_1_requests": 1_000_000,
        "standard.monthly_tier_2_requests": 1_000_000,
        "standard.monthly_select_data_scanned_gb": 10000,
        "standard.monthly_select_data_returned_gb": 10000,
    }
    assert cost_lines("aws_s3_bucket", {}, usage) == {
        "Standard: Storage": Decimal("230.00"),
        "Standard: PUT, COPY, POST, LIST requests": Decimal("5.00"),
        "Standard: GET, SELECT, and all other requests": Decimal("0.40"),
        "Standard: Select data scanned": Decimal("20.00"),
        "Standard: Select data returned": Decimal("7.00"),
    }


def test_storage_gets_cheaper_by_volume(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_s3_bucket", {}, {"standard.storage_gb": 600_000})
    assert lines["Standard: Storage"] == Decimal(51_200 * 23 + 460_800 * 22 + 88_000 * 21) / 1000


@pytest.mark.parametrize(
    ("key", "amount", "line", "monthly"),
    [
        (
            "intelligent_tiering.frequent_access_storage_gb",
            20000,
            "Intelligent tiering: Storage (frequent access)",
            "460",
        ),
        ("intelligent_tiering.archive_access_storage_gb", 20000, "Intelligent tiering: Storage (archive access)", "72"),
        ("intelligent_tiering.monitored_objects", 1_000_000, "Intelligent tiering: Monitoring and automation", "2.50"),
        ("standard_infrequent_access.storage_gb", 30000, "Standard - infrequent access: Storage", "375"),
        (
            "standard_infrequent_access.monthly_data_retrieval_gb",
            30000,
            "Standard - infrequent access: Retrievals",
            "300",
        ),
        ("one_zone_infrequent_access.storage_gb", 40000, "One zone - infrequent access: Storage", "400"),
        ("glacier_instant_retrieval.storage_gb", 1000, "Glacier instant retrieval: Storage", "4"),
        ("glacier_flexible_retrieval.storage_gb", 50000, "Glacier flexible retrieval: Storage", "180"),
        (
            "glacier_flexible_retrieval.monthly_expedited_data_retrieval_requests",
            50000,
            "Glacier flexible retrieval: Retrieval requests (expedited)",
            "500",
        ),
        (
            "glacier_deep_archive.monthly_bulk_data_retrieval_gb",
            60000,
            "Glacier deep archive: Retrievals (bulk)",
            "150",
        ),
        (
            "glacier_deep_archive.early_delete_gb",
            60000,
            "Glacier deep archive: Early delete (within 180 days)",
            "59.40",
        ),
    ],
)
def test_other_classes(cost_lines: CostLines, key: str, amount: int, line: str, monthly: str) -> None:
    assert cost_lines("aws_s3_bucket", {}, {key: amount})[line] == Decimal(monthly)


def test_a_lifecycle_rule_shows_the_class_it_moves_objects_to(cost_lines: CostLines) -> None:
    rule = {"enabled": True, "tags": {"keep": "yes"}, "transition": [{"storage_class": "GLACIER"}]}
    lines = cost_lines("aws_s3_bucket", {"lifecycle_rule": [rule]})
    assert lines["Glacier flexible retrieval: Storage"] == "usage"
    assert lines["Object tagging"] == "usage"
    assert not any(name.startswith("Glacier deep") for name in lines)


def test_a_lifecycle_configuration_of_its_own_counts_unless_disabled(cost_lines: CostLines) -> None:
    rules = [
        {"status": "Enabled", "transition": [{"storage_class": "STANDARD_IA"}]},
        {"status": "Disabled", "noncurrent_version_transition": [{"storage_class": "DEEP_ARCHIVE"}]},
    ]
    configuration = declared(
        "aws_s3_bucket_lifecycle_configuration", {"rule": rules}, references={"bucket": ("aws_s3_bucket.this",)}
    )
    lines = cost_lines("aws_s3_bucket", {}, others=[configuration])
    assert lines["Standard - infrequent access: Storage"] == "usage"
    assert not any(name.startswith("Glacier") for name in lines)


def test_object_tags(cost_lines: CostLines) -> None:
    assert cost_lines("aws_s3_bucket", {}, {"object_tags": 1_000_000})["Object tagging"] == Decimal("0.65")


def test_analytics_and_inventory(cost_lines: CostLines) -> None:
    watched = cost_lines("aws_s3_bucket_analytics_configuration", {}, {"monthly_monitored_objects": 10_000_000})
    assert watched == {"Objects monitored": Decimal("1.00")}
    listed = cost_lines("aws_s3_bucket_inventory", {}, {"monthly_listed_objects": 100_000_000})
    assert listed == {"Objects listed": Decimal("0.25")}


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_s3_bucket", {}, region="mars-north-1")
    assert all(str(line).startswith("price_not_found") for line in lines.values())
