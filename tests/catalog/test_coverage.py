"""What a catalogue covers."""

from __future__ import annotations

from decimal import Decimal

from tollbar.catalog.coverage import coverage_by_service
from tollbar.price import Price, PriceKey, Tier, Trust


def _price(path: str, region: str, as_of: str = "2026-07-20", trust: Trust = "A") -> Price:
    return Price(PriceKey(path, region), "hours", (Tier(Decimal(0), Decimal(1)),), "list", as_of, trust)


def test_things_prices_regions_and_dates_of_each_service() -> None:
    ebs, kms = coverage_by_service(
        [
            _price("aws/ebs/storage/gp2", "us-east-1", "2024-07-18"),
            _price("aws/ebs/storage/gp2", "eu-west-1", "2025-07-18", "C"),
            _price("aws/ebs/storage/gp3", "us-east-1"),
            _price("aws/kms/key", "global"),
            _price("aws/kms/key", "eu-west-1"),
            _price("aws/kms/requests", "us-east-1"),
        ]
    )
    assert (ebs.service, ebs.cloud, ebs.things, ebs.prices, ebs.regions) == (
        "aws/ebs", "aws", 2, 3, {"us-east-1", "eu-west-1"},
    )  # fmt: skip
    assert (ebs.newest, ebs.oldest, dict(ebs.trusts)) == ("2026-07-20", "2024-07-18", {"A": 2, "C": 1})
    assert [ebs.share_in(region) for region in ("us-east-1", "eu-west-1", "sa-east-1")] == [1, 0.5, 0]
    assert [kms.share_in(region) for region in ("us-east-1", "eu-west-1", "sa-east-1")] == [1, 0.5, 0.5]


def test_of_several_prices_for_a_key_the_preferred_counts() -> None:
    (entry,) = coverage_by_service(
        [_price("aws/a/b", "r", "2026-11-01", "C"), _price("aws/a/b", "r", "2026-01-01"), _price("aws/a/b", "r")]
    )
    assert (entry.prices, entry.newest, dict(entry.trusts)) == (1, "2026-07-20", {"A": 1})
