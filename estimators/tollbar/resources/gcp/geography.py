"""Where Google Cloud's regions lie, by which transfer between them is priced.

Source: "Cloud locations" and the geographies of "Network pricing" (documentation, read 2026-11). Google counts
the Middle East and Africa apart, and puts Jakarta together with Oceania where data crosses regions.
"""

from __future__ import annotations

from typing import Literal

Continent = Literal["north_america", "south_america", "europe", "asia", "oceania", "middle_east", "africa"]

_BY_PREFIX: dict[str, Continent] = {
    "us": "north_america",
    "northamerica": "north_america",
    "nam": "north_america",
    "southamerica": "south_america",
    "europe": "europe",
    "eu": "europe",
    "eur": "europe",
    "asia": "asia",
    "australia": "oceania",
    "me": "middle_east",
    "africa": "africa",
}
MULTI_REGION_OF: dict[Continent, str] = {"north_america": "us", "europe": "eu", "asia": "asia"}
"""The multi-region of Cloud Storage and BigQuery on a continent."""

REGIONS = (
    *("africa-south1", "asia-east1", "asia-east2", "asia-northeast1", "asia-northeast2", "asia-northeast3"),
    *("asia-south1", "asia-south2", "asia-southeast1", "asia-southeast2", "asia-southeast3"),
    *("australia-southeast1", "australia-southeast2", "europe-central2", "europe-north1", "europe-north2"),
    *("europe-southwest1", "europe-west1", "europe-west2", "europe-west3", "europe-west4", "europe-west6"),
    *("europe-west8", "europe-west9", "europe-west10", "europe-west12", "me-central1", "me-central2", "me-west1"),
    *("northamerica-northeast1", "northamerica-northeast2", "northamerica-south1"),
    *("southamerica-east1", "southamerica-west1", "us-central1", "us-central2", "us-east1", "us-east4", "us-east5"),
    *("us-south1", "us-west1", "us-west2", "us-west3", "us-west4"),
)


def continent_of(location: str | None) -> Continent | None:
    """Return the continent of a region or multi-region (``us-east1``, ``EU``, ``nam4``), None of an unknown one."""
    prefix = (location or "").lower().partition("-")[0].rstrip("0123456789")
    return _BY_PREFIX.get(prefix)


def region_of(place: str | None) -> str | None:
    """Return the region of a zone (``us-central1`` of ``us-central1-a``); a region is returned as it is."""
    if not place:
        return None
    name = place.rsplit("/", 1)[-1].lower()
    region, _, letter = name.rpartition("-")
    return region if region and len(letter) == 1 else name
