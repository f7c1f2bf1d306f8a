"""The parts of the world by which AWS sells traffic."""

from __future__ import annotations

import pytest

from tollbar.resources.aws.continents import continent_of


@pytest.mark.parametrize(
    ("region", "continent"),
    [
        ("us-gov-west-1", "north_america"),
        ("ca-central-1", "north_america"),
        ("eu-west-1", "europe"),
        ("ap-east-1", "asia_pacific"),
        ("ap-south-2", "india"),
        ("ap-southeast-2", "australia_new_zealand"),
        ("ap-northeast-2", "south_korea"),
        ("mars-north-1", "mars-north-1"),
        (None, "unknown"),
    ],
)
def test_each_region_is_in_a_part_of_the_world(region: str | None, continent: str) -> None:
    assert continent_of(region) == continent
