"""Private certificate authorities and certificates in us-east-1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_tiers import tiered_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/private_ca"
_TIERS = {"Certificates (first 1K)": 0, "Certificates (next 9K)": 1_000, "Certificates (over 10K)": 10_000}
_PATHS = {
    "Private certificate authority": ("aws/private_ca/authority/general_purpose", "months"),
    "Private certificate authority (short-lived certificate mode)": ("aws/private_ca/authority/short_lived", "months"),
    "Certificates (short-lived)": ("aws/private_ca/certificates/short_lived", "certificates"),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the month of an authority and the certificates, by usage mode."""
    rows = list(tables.test_suite_prices("aws_acmpca_certificate_authority"))
    yield from tiered_prices("aws/private_ca/certificates/general_purpose", rows, _TIERS, "certificates")
    for row in rows:
        if row.component in _PATHS:
            path, unit = _PATHS[row.component]
            yield row.price(path, unit)
    yield from page_prices(tables, TABLE)
