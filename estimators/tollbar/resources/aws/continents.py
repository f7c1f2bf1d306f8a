"""The parts of the world by which AWS sells traffic, as its regions belong to them.

Source: AWS Global Accelerator and AWS Direct Connect pricing pages.
"""

from __future__ import annotations

_BY_REGION = {
    "ap-northeast-2": "south_korea",
    "ap-south-1": "india",
    "ap-south-2": "india",
    "ap-southeast-2": "australia_new_zealand",
    "ap-southeast-3": "india",  # Indonesia is sold as India is
    "ap-southeast-4": "australia_new_zealand",
    "ap-southeast-6": "australia_new_zealand",
    "ap-southeast-7": "india",  # and so is Thailand
}
_BY_START = {
    "us-": "north_america",
    "ca-": "north_america",
    "mx-": "north_america",
    "eu-": "europe",
    "ap-": "asia_pacific",
    "sa-": "south_america",
    "me-": "middle_east",
    "il-": "middle_east",
    "af-": "south_africa",
}


def continent_of(region: str | None) -> str:
    """Return the part of the world that a region is in; of a region that is not known, the region itself."""
    if region is None:
        return "unknown"
    return _BY_REGION.get(region) or next(
        (continent for start, continent in _BY_START.items() if region.startswith(start)), region
    )
