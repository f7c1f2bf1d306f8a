"""Where regions lie."""

from __future__ import annotations

import pytest

from tollbar.resources.gcp.geography import REGIONS, continent_of, region_of


@pytest.mark.parametrize(
    ("location", "continent"),
    [
        ("us-central1", "north_america"),
        ("US", "north_america"),
        ("nam4", "north_america"),
        ("northamerica-northeast1", "north_america"),
        ("southamerica-east1", "south_america"),
        ("europe-west12", "europe"),
        ("EU", "europe"),
        ("eur4", "europe"),
        ("asia1", "asia"),
        ("australia-southeast1", "oceania"),
        ("me-west1", "middle_east"),
        ("africa-south1", "africa"),
        ("mars-north1", None),
        (None, None),
    ],
)
def test_continents(location: str | None, continent: str | None) -> None:
    assert continent_of(location) == continent


def test_every_region_has_a_continent() -> None:
    assert [region for region in REGIONS if continent_of(region) is None] == []
    assert len(set(REGIONS)) == len(REGIONS)


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ("us-central1-a", "us-central1"),
        ("us-central1", "us-central1"),
        ("https://x/zones/europe-west1-b", "europe-west1"),
        ("", None),
        (None, None),
    ],
)
def test_a_zone_is_in_a_region(place: str | None, region: str | None) -> None:
    assert region_of(place) == region
