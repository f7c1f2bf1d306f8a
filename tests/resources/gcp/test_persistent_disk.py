"""Persistent disks, snapshots and images."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import UNKNOWN, UNKNOWN_OR_UNSET

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

DISK = "google_compute_disk"
STANDARD = "Standard provisioned storage (pd-standard)"


@pytest.mark.parametrize(
    ("attributes", "name", "cost"),
    [
        ({}, STANDARD, "20.00"),
        ({"type": "pd-ssd"}, "SSD provisioned storage (pd-ssd)", "17.00"),
        ({"type": "pd-balanced", "size": 50}, "Balanced provisioned storage (pd-balanced)", "5.00"),
        ({"type": "projects/p/zones/z/diskTypes/pd-ssd", "size": 10}, "SSD provisioned storage (pd-ssd)", "1.70"),
        ({"image": "debian-cloud/debian-12"}, STANDARD, "0.40"),
        ({"size": UNKNOWN_OR_UNSET}, STANDARD, "20.00"),
    ],
)
def test_gigabytes_by_type_with_the_vendors_default_sizes(
    cost_lines: CostLines, attributes: dict[str, Any], name: str, cost: str
) -> None:
    assert cost_lines(DISK, attributes) == {name: Decimal(cost)}


@pytest.mark.parametrize(
    ("attributes", "storage", "iops"),
    [
        ({"type": "pd-extreme"}, "125.00", "6500.00"),
        ({"type": "pd-extreme", "size": 40, "provisioned_iops": 5000}, "5.00", "325.00"),
        ({"type": "hyperdisk-extreme", "size": 128, "provisioned_iops": 20000}, "16.00", "640.00"),
        ({"type": "hyperdisk-extreme"}, "125.00", "3200.00"),
    ],
)
def test_extreme_disks_also_bill_iops(
    cost_lines: CostLines, attributes: dict[str, Any], storage: str, iops: str
) -> None:
    assert list(cost_lines(DISK, attributes).values()) == [Decimal(storage), Decimal(iops)]


def test_hyperdisk_balanced_includes_a_baseline(cost_lines: CostLines) -> None:
    attributes = {"type": "hyperdisk-balanced", "provisioned_iops": 3000, "provisioned_throughput": 140}
    assert cost_lines(DISK, attributes) == {"Hyperdisk provisioned storage (hyperdisk-balanced)": Decimal("8.00")}


def test_hyperdisk_balanced_sells_iops_and_throughput_beyond_the_baseline(cost_lines: CostLines) -> None:
    attributes = {"type": "hyperdisk-balanced", "provisioned_iops": 4000, "provisioned_throughput": 240}
    assert cost_lines(DISK, attributes) == {
        "Hyperdisk provisioned storage (hyperdisk-balanced)": Decimal("8.00"),
        "Provisioned IOPS": Decimal("5.00"),
        "Provisioned throughput": Decimal("4.00"),
    }


def test_a_disk_in_two_zones_costs_twice(cost_lines: CostLines) -> None:
    assert cost_lines("google_compute_region_disk", {"type": "pd-ssd", "size": 100}) == {
        "SSD provisioned storage (pd-ssd)": Decimal("34.00")
    }


def test_a_disk_takes_the_size_of_what_it_is_made_from(cost_lines: CostLines) -> None:
    source = declared(DISK, {"size": 20, "name": "data"}, name="source")
    snapshot = declared("google_compute_snapshot", {"source_disk": "data"})
    image = declared("google_compute_image", {}, references={"source_snapshot": (snapshot.address,)})
    others = [source, snapshot, image]
    references = {"image": (image.address,)}
    lines = cost_lines(DISK, {"image": UNKNOWN}, others=others, references=references)
    assert lines == {STANDARD: Decimal("0.80")}


def test_a_disk_of_an_unknown_image_is_unpriced_not_guessed(cost_lines: CostLines) -> None:
    assert list(cost_lines(DISK, {"image": UNKNOWN})) == ["unknown_until_apply"]
    assert list(cost_lines(DISK, {"snapshot": "projects/p/global/snapshots/other"})) == ["unknown_until_apply"]


def test_a_disk_restored_from_its_own_snapshot_ends(cost_lines: CostLines) -> None:
    snapshot = declared("google_compute_snapshot", {"name": "s", "source_disk": "d"})
    assert list(cost_lines(DISK, {"name": "d", "snapshot": "s"}, others=[snapshot])) == ["unknown_until_apply"]


def test_snapshots_cost_what_is_told_or_the_whole_disk(cost_lines: CostLines) -> None:
    disk = declared(DISK, {"size": 100, "name": "data"})
    attributes = {"source_disk": "data"}
    assert cost_lines("google_compute_snapshot", attributes, others=[disk]) == {"Storage": Decimal("5.00")}
    told = {"storage_gb": 1000}
    assert cost_lines("google_compute_snapshot", attributes, told, others=[disk]) == {"Storage": Decimal("50.00")}
    assert cost_lines("google_compute_snapshot", {}) == {"Storage": "usage"}


def test_snapshots_are_kept_where_they_say(cost_lines: CostLines) -> None:
    attributes = {"storage_locations": ["us"]}
    lines = cost_lines("google_compute_snapshot", attributes, {"storage_gb": 100})
    assert lines == {"Storage": Decimal("6.50")}


def test_images_cost_their_disks_size(cost_lines: CostLines) -> None:
    assert cost_lines("google_compute_image", {"disk_size_gb": 500}) == {"Storage": Decimal("25.00")}
    assert cost_lines("google_compute_machine_image", {}, {"storage_gb": 5000}) == {"Storage": Decimal("250.00")}


EXAMPLES = (
    *(
        Example(DISK, {"type": disk_type, "size": 500}, grows=("size",))
        for disk_type in ("pd-standard", "pd-balanced", "pd-ssd", "hyperdisk-ml")
    ),
    Example(DISK, {"type": "pd-extreme", "size": 500, "provisioned_iops": 20_000}, grows=("size", "provisioned_iops")),
    Example(
        DISK,
        {"type": "hyperdisk-balanced", "size": 500, "provisioned_iops": 6000, "provisioned_throughput": 300},
        grows=("size", "provisioned_iops", "provisioned_throughput"),
    ),
    Example("google_compute_region_disk", {"type": "pd-ssd", "size": 500}, grows=("size",)),
    Example("google_compute_snapshot", {}, {"storage_gb": 100}),
    Example("google_compute_image", {"disk_size_gb": 100}, grows=("disk_size_gb",)),
    Example("google_compute_image", {}, {"storage_gb": 100}),
    Example("google_compute_machine_image", {}, {"storage_gb": 100}),
)
