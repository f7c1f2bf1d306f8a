"""What people call regions, by cloud."""

from __future__ import annotations

import pytest

from tollbar.catalog.region_names import region_codes, region_names, regions_of


@pytest.mark.parametrize(
    ("text", "cloud", "codes"),
    [
        ("ireland", "aws", ("eu-west-1",)),
        ("ireland", "azure", ("northeurope",)),
        ("ireland", "gcp", ()),
        ("West Europe", "azure", ("westeurope",)),
        ("us-east-1", "gcp", ()),
        ("US-EAST-1", "aws", ("us-east-1",)),
        ("ireland", "llm", ()),
    ],
)
def test_a_name_stands_for_the_regions_of_its_cloud(text: str, cloud: str, codes: tuple[str, ...]) -> None:
    assert region_codes(text, cloud) == codes


def test_every_region_is_of_one_cloud() -> None:
    clouds = [regions_of(cloud) for cloud in ("aws", "azure", "gcp")]
    assert sum(map(len, clouds)) == len(region_names())
    assert frozenset().union(*clouds) == region_names()
