"""Cloud Key Management Service: active key versions and operations, by protection level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_lines import PeerLine, peer_prices
from tollbar.catalog.build.peer_selection import selection
from tollbar.catalog.build.peer_tiers import everywhere, tiered_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/cloud_kms"
_TYPE = "google_kms_crypto_key"
_SOFTWARE = {"Key versions": PeerLine("gcp/cloud_kms/key_version/software", "keys", is_global=True)}
_HSM_TIERS = {"Key versions (first 2K)": 0, "Key versions (over 2K)": 2000}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the price of an active key version a month and of an operation."""
    yield from peer_prices(tables, _TYPE, _SOFTWARE)
    rows = list(tables.test_suite_prices(_TYPE))
    for price in tiered_prices("gcp/cloud_kms/key_version/hsm_asymmetric", rows, _HSM_TIERS, "keys"):
        yield everywhere(price)
    for row in rows:
        if row.component == "Operations":
            level = selection(row).get("version_template.protection_level", "software").lower()
            kind = "hsm_asymmetric" if level == "hsm" else level
            yield everywhere(row.price(f"gcp/cloud_kms/operation/{kind}", "operations", 10_000))
    yield from page_prices(tables, TABLE)
