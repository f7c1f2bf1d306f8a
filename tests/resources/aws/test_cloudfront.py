"""CloudFront distributions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

TYPE = "aws_cloudfront_distribution"
FULL: dict[str, Any] = {
    "origin": [{"origin_shield": [{"enabled": True, "origin_shield_region": "sa-east-1"}]}],
    "default_cache_behavior": [{"field_level_encryption_id": "e", "realtime_log_config_arn": "arn:x"}],
    "viewer_certificate": [{"ssl_support_method": "vip"}],
}
USE: dict[str, Any] = {
    "monthly_data_transfer_to_internet_gb.us": 11_240,
    "monthly_data_transfer_to_origin_gb.us": 100,
    "monthly_http_requests.us": 1_000_000,
    "monthly_https_requests.us": 1_000_000,
    "monthly_shield_requests.south_america": 1_000_000,
    "monthly_invalidation_requests": 1100,
    "monthly_encryption_requests": 1_000_000,
    "monthly_log_lines": 100_000_000,
}
EXAMPLES = (Example(TYPE, {}, {key: USE[key] for key in list(USE)[:4]} | {"monthly_invalidation_requests": 5000}),
            Example(TYPE, FULL, {**USE, "custom_ssl_certificates": 2}))  # fmt: skip
UNUSED = {
    "US, Mexico, Canada: Data transfer out to internet": "usage",
    "US, Mexico, Canada: Data transfer out to origin": "usage",
    "US, Mexico, Canada: HTTP requests": "usage",
    "US, Mexico, Canada: HTTPS requests": "usage",
    "Invalidation requests": "usage",
}


def test_use_that_is_not_told_is_of_the_us(cost_lines: CostLines) -> None:
    assert cost_lines(TYPE, {}) == UNUSED


def test_every_line(cost_lines: CostLines) -> None:
    assert cost_lines(TYPE, FULL, USE) == {
        # 10,240 GB at 0.085 and 1,000 at 0.08
        "US, Mexico, Canada: Data transfer out to internet": Decimal("950.40"),
        "US, Mexico, Canada: Data transfer out to origin": Decimal("2.00"),
        "US, Mexico, Canada: HTTP requests": Decimal("0.75"),
        "US, Mexico, Canada: HTTPS requests": Decimal("1.00"),
        "Origin shield HTTP requests (South America sa-east-1)": Decimal("1.60"),
        "Invalidation requests": Decimal("0.50"),  # 1,000 paths are free
        "Field level encryption requests": Decimal("2.00"),
        "Real-time log requests": Decimal("1.00"),
        "Dedicated IP custom SSLs": Decimal("600.00"),
    }


def test_edges_that_are_told_are_billed_and_no_others(cost_lines: CostLines) -> None:
    usage = {f"{key}.europe": 1000 for key in ("monthly_data_transfer_to_internet_gb", "monthly_http_requests")}
    lines = cost_lines(TYPE, {}, usage)
    assert lines["Europe, Israel: Data transfer out to internet"] == Decimal("85.00")
    assert lines["Europe, Israel: HTTP requests"] == Decimal("0.00")
    assert "US, Mexico, Canada: HTTP requests" not in lines


def test_two_origins_share_a_shield_and_a_disabled_one_is_none(cost_lines: CostLines) -> None:
    shields = [("us-east-1", True), ("us-east-1", True), ("eu-west-1", False)]
    origins = [{"origin_shield": [{"enabled": on, "origin_shield_region": region}]} for region, on in shields]
    lines = cost_lines(TYPE, {"origin": origins}, {"monthly_shield_requests.us": 1_000_000})
    assert lines == {**UNUSED, "Origin shield HTTP requests (US East us-east-1)": Decimal("0.75")}


def test_certificates_by_server_name_indication_are_free(cost_lines: CostLines) -> None:
    attributes = {"viewer_certificate": [{"ssl_support_method": "sni-only"}]}
    assert cost_lines(TYPE, attributes, {"custom_ssl_certificates": 3}) == UNUSED


def test_what_only_apply_tells_ends_its_part(cost_lines: CostLines) -> None:
    lines = cost_lines(TYPE, {"viewer_certificate": UNKNOWN})
    assert lines == {**UNUSED, "unknown_until_apply": "viewer_certificate is known only after apply"}
