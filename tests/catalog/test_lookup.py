"""Looking prices up, and what a miss says."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tollbar.catalog.lookup import PriceNotFound, SnapshotCatalog
from tollbar.errors import CatalogError
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from pathlib import Path

    from tests.catalog.conftest import MakeCatalog


def test_a_price_carries_its_source_date_and_trust(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog("aws/ec2/t3.large,hours,list,2026-07-20,A,us-east-1=0.0832 eu-west-1=0.0912")
    key = PriceKey("aws/ec2/t3.large", "eu-west-1")
    assert catalog.find(key) == Price(key, "hours", (Tier(Decimal(0), Decimal("0.0912")),), "list", "2026-07-20", "A")
    assert catalog.source_name("list") == "The vendor's list"
    assert catalog.as_of == "2026-07-20"


def test_a_global_price_holds_everywhere_but_a_regional_one_wins(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog("aws/kms/key,keys,list,2026-07-20,A,global=1 eu-west-1=2")
    assert _flat(catalog.find(PriceKey("aws/kms/key", "us-east-1"))) == Decimal(1)
    assert _flat(catalog.find(PriceKey("aws/kms/key", "eu-west-1"))) == Decimal(2)
    assert _flat(catalog.find(PriceKey("aws/kms/key", None))) == Decimal(1)


def test_a_miss_names_the_regions_that_are_known(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog("aws/ec2/t3.large,hours,list,2026-07-20,A,us-east-1=0.0832 eu-west-1=0.0912")
    miss = catalog.find(PriceKey("aws/ec2/t3.large", "eu-south-2"))
    assert str(miss) == "no price for aws/ec2/t3.large in eu-south-2; known in eu-west-1, us-east-1"


def test_a_miss_names_the_nearest_paths(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog(
        "aws/ec2/t3.large,hours,list,2026-07-20,A,us-east-1=0.0832",
        "aws/ec2/m5.large,hours,list,2026-07-20,A,us-east-1=0.096",
    )
    miss = catalog.find(PriceKey("aws/ec2/t33.large", "us-east-1"))
    assert isinstance(miss, PriceNotFound)
    assert miss.nearest_paths[0] == "aws/ec2/t3.large"


def test_an_unknown_region_is_said_so(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog("aws/ec2/t3.large,hours,list,2026-07-20,A,us-east-1=0.0832")
    miss = catalog.find(PriceKey("aws/ec2/t3.large", None))
    assert "the region of aws/ec2/t3.large is not known" in str(miss)


def test_a_missing_snapshot_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"is missing\n  In a source checkout `make snapshot` builds it"):
        SnapshotCatalog(tmp_path / "prices.sqlite")


def test_a_damaged_snapshot_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "prices.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(CatalogError, match="is not a price snapshot"):
        SnapshotCatalog(tmp_path / "prices.sqlite")


def _flat(found: Price | PriceNotFound) -> Decimal:
    assert isinstance(found, Price)
    return found.tiers[0].unit_price
