"""Artifact Registry: storage, and data transfer between regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_lines import PeerLine, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/artifact_registry"
_EGRESS = "gcp/artifact_registry/egress"
_TEST_SUITE = {
    "Storage": PeerLine("gcp/artifact_registry/storage", "GB-months", is_global=True),
    "Data egress North America to North America": PeerLine(f"{_EGRESS}/within_north_america", "GB", 1, True),
    "Data egress Europe to Europe": PeerLine(f"{_EGRESS}/within_europe", "GB", is_global=True),
    "Data egress AsiaPacific to AsiaPacific": PeerLine(f"{_EGRESS}/within_asia", "GB", is_global=True),
    "Data egress from/to Oceania": PeerLine(f"{_EGRESS}/oceania", "GB"),
    "Intercontinental (Excl Oceania)": PeerLine(f"{_EGRESS}/between_continents", "GB", is_global=True),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per stored GB and per GB that leaves a region."""
    yield from peer_prices(tables, "google_artifact_registry_repository", _TEST_SUITE)
    yield from page_prices(tables, TABLE)
