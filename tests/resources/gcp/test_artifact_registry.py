"""Artifact Registry and Container Registry."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

REPOSITORY = "google_artifact_registry_repository"
EGRESS = "monthly_egress_data_transfer_gb"

EXAMPLES = (
    Example(
        REPOSITORY,
        {"location": "us-central1", "format": "DOCKER"},
        {
            "storage_gb": 150,
            f"{EGRESS}.us_east1": 100,
            f"{EGRESS}.europe_west1": 50,
            f"{EGRESS}.australia_southeast1": 10,
        },
    ),
    Example(
        "google_container_registry",
        {"location": "EU"},
        {
            "storage_gb": 150,
            "monthly_class_a_operations": 40_000,
            "monthly_class_b_operations": 20_000,
            f"{EGRESS}.same_continent": 100,
            f"{EGRESS}.worldwide": 2000,
            f"{EGRESS}.asia": 100,
            f"{EGRESS}.china": 10,
            f"{EGRESS}.australia": 10,
        },
    ),
)


def test_a_repository_costs_what_it_stores_and_what_others_read(cost_lines: CostLines) -> None:
    usage = {
        "storage_gb": 150,
        f"{EGRESS}.us_east1": 100,
        f"{EGRESS}.us_west1": 100,
        f"{EGRESS}.europe_north1": 100,
        f"{EGRESS}.southamerica_east1": 100,
        f"{EGRESS}.australia_southeast1": 100,
    }
    assert cost_lines(REPOSITORY, {"location": "us-east1"}, usage) == {
        "Storage": Decimal("15.00"),
        "Data transfer within North America": Decimal("1.00"),  # us-west1; us-east1 itself is free
        "Data transfer between continents (without Oceania)": Decimal("16.00"),  # 200 GB x $0.08
        "Data transfer to or from Oceania": Decimal("15.00"),
    }


def test_a_multi_region_sends_to_its_continent_for_nothing(cost_lines: CostLines) -> None:
    usage = {"storage_gb": 10, f"{EGRESS}.europe_west1": 100, f"{EGRESS}.asia_east1": 100}
    assert cost_lines(REPOSITORY, {"location": "europe"}, usage) == {
        "Storage": Decimal("1.00"),
        "Data transfer between continents (without Oceania)": Decimal("8.00"),
    }


def test_oceania_sends_for_less_than_it_is_sent_to(cost_lines: CostLines) -> None:
    lines = cost_lines(REPOSITORY, {"location": "australia-southeast1"}, {f"{EGRESS}.europe_west1": 100})
    assert lines["Data transfer to or from Oceania"] == Decimal("8.00")


def test_nothing_told_leaves_the_storage_open(cost_lines: CostLines) -> None:
    assert cost_lines(REPOSITORY, {"location": "us-east1"}) == {"Storage": "usage"}


def test_a_registry_is_a_bucket_in_the_united_states_by_default(cost_lines: CostLines) -> None:
    lines = cost_lines("google_container_registry", {}, {"storage_gb": 100, f"{EGRESS}.same_continent": 50})
    assert lines["Storage (standard)"] == Decimal("2.60")
    assert lines["Network egress: Data transfer in same continent"] == Decimal("1.00")
    assert lines["Network egress: Data transfer to China excluding Hong Kong"] == "usage"
