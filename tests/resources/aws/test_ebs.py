"""EBS volumes and snapshots."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.component import Component, Quantity
from tollbar.resource import UNKNOWN, UNKNOWN_OR_UNSET
from tollbar.resources.aws.block_storage import Volume, volume_lines

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example(
        "aws_ebs_volume",
        {"type": "standard", "size": 100},
        {"monthly_standard_io_requests": 1_000_000},
        grows=("size",),
    ),
    Example(
        "aws_ebs_volume",
        {"type": "gp3", "size": 100, "iops": 4000, "throughput": 200},
        grows=("size", "iops", "throughput"),
    ),
    Example("aws_ebs_volume", {"type": "io2", "size": 100, "iops": 40_000}, grows=("size", "iops")),
    Example(
        "aws_ebs_snapshot",
        {},
        {
            "monthly_list_block_requests": 1_000_000,
            "monthly_get_block_requests": 100_000,
            "monthly_put_block_requests": 100_000,
            "fast_snapshot_restore_hours": 100,
        },
        others=(declared("aws_ebs_volume", {"size": 100}),),
        references={"volume_id": ("aws_ebs_volume.this",)},
    ),
    Example(
        "aws_ebs_snapshot_copy",
        others=(
            declared("aws_ebs_volume", {"size": 100}),
            declared("aws_ebs_snapshot", {}, references={"volume_id": ("aws_ebs_volume.this",)}),
        ),
        references={"source_snapshot_id": ("aws_ebs_snapshot.this",)},
    ),
    Example("aws_ebs_fast_snapshot_restore", {"availability_zone": "us-east-1a"}),
)

IO2 = "Storage (provisioned IOPS SSD, io2)"
GP3 = "Storage (general purpose SSD, gp3)"
SNAPSHOT_USE = {
    "Fast snapshot restore": "usage",
    "ListChangedBlocks & ListSnapshotBlocks API requests": "usage",
    "GetSnapshotBlock API requests": "usage",
    "PutSnapshotBlock API requests": "usage",
}


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"size": 10}, {"Storage (general purpose SSD, gp2)": "1.00"}),
        ({"size": 50, "type": "sc1"}, {"Storage (cold HDD, sc1)": "0.75"}),
        ({"size": 40, "type": "st1"}, {"Storage (throughput optimized HDD, st1)": "1.80"}),
        ({"size": 40, "type": "gp3", "iops": 3000, "throughput": 125}, {GP3: "3.20"}),
        (
            {"size": 40, "type": "gp3", "iops": 4000, "throughput": 130},
            {GP3: "3.20", "Provisioned IOPS": "5.00", "Provisioned throughput": "0.20"},
        ),
        (
            {"size": 30, "type": "io1", "iops": 300},
            {"Storage (provisioned IOPS SSD, io1)": "3.75", "Provisioned IOPS": "19.50"},
        ),
        (
            {"size": 100, "type": "io2", "iops": 70_000},
            {
                "Storage (provisioned IOPS SSD, io2)": "12.50",
                "Provisioned IOPS": "2080.00",
                "Provisioned IOPS over 32,000": "1456.00",
                "Provisioned IOPS over 64,000": "191.10",
            },
        ),
    ],
)
def test_each_type_is_billed_by_its_dimensions(
    cost_lines: CostLines, attributes: dict[str, Any], expected: dict[str, str]
) -> None:
    assert cost_lines("aws_ebs_volume", attributes) == {name: Decimal(cost) for name, cost in expected.items()}


def test_magnetic_volumes_are_billed_for_their_requests(cost_lines: CostLines) -> None:
    attributes = {"size": 20, "type": "standard"}
    storage = {"Storage (magnetic)": Decimal("1.00")}
    assert cost_lines("aws_ebs_volume", attributes) == {**storage, "I/O requests": "usage"}
    told = cost_lines("aws_ebs_volume", attributes, {"monthly_standard_io_requests": 1_000_000})
    assert told == {**storage, "I/O requests": Decimal("0.05")}


def test_computed_attributes_of_a_plan_count_as_their_defaults(cost_lines: CostLines) -> None:
    attributes = {"size": 10, "type": UNKNOWN_OR_UNSET, "iops": UNKNOWN_OR_UNSET, "throughput": UNKNOWN_OR_UNSET}
    assert cost_lines("aws_ebs_volume", attributes) == {"Storage (general purpose SSD, gp2)": Decimal("1.00")}
    assert cost_lines("aws_ebs_volume", {**attributes, "type": "gp3"}) == {GP3: Decimal("0.80")}


def test_iops_and_sizes_that_nobody_tells_are_unpriced(cost_lines: CostLines) -> None:
    no_iops = cost_lines("aws_ebs_volume", {"size": 10, "type": "io2", "iops": UNKNOWN})
    assert no_iops == {"unknown_until_apply": "iops is known only after apply", IO2: Decimal("1.25")}
    untold = cost_lines("aws_ebs_volume", {"size": 10, "type": "io2"})
    assert untold == {"unknown_until_apply": "the provisioned IOPS (io2) are not told", IO2: Decimal("1.25")}
    assert cost_lines("aws_ebs_volume", {"size": UNKNOWN}) == {"unknown_until_apply": "size is known only after apply"}
    assert cost_lines("aws_ebs_volume", {}) == {"unknown_until_apply": "the size of the volume is not known"}


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    line = cost_lines("aws_ebs_volume", {"size": 10}, region="mars-north-1")["Storage (general purpose SSD, gp2)"]
    assert "no price for aws/ebs/storage/gp2 in mars-north-1; known in af-south-1" in str(line)


def test_a_snapshot_is_as_large_as_its_volume(cost_lines: CostLines) -> None:
    volume = declared("aws_ebs_volume", {"size": 10}, name="data")
    references = {"volume_id": ("aws_ebs_volume.data",)}
    lines = cost_lines("aws_ebs_snapshot", {}, others=[volume], references=references)
    assert lines == {"EBS snapshot storage": Decimal("0.50"), **SNAPSHOT_USE}
    archived = cost_lines("aws_ebs_snapshot", {"storage_tier": "archive"}, others=[volume], references=references)
    assert archived["EBS snapshot archive storage"] == Decimal("0.13")


def test_requests_and_fast_restores_of_a_snapshot(cost_lines: CostLines) -> None:
    usage = {
        "monthly_list_block_requests": 1_000_000,
        "monthly_get_block_requests": 100_000,
        "monthly_put_block_requests": 100_000,
        "fast_snapshot_restore_hours": 100,
    }
    assert cost_lines("aws_ebs_snapshot", {"volume_size": 8}, usage) == {
        "EBS snapshot storage": Decimal("0.40"),
        "Fast snapshot restore": Decimal("75.00"),
        "ListChangedBlocks & ListSnapshotBlocks API requests": Decimal("0.60"),
        "GetSnapshotBlock API requests": Decimal("0.30"),
        "PutSnapshotBlock API requests": Decimal("0.60"),
    }


def test_a_snapshot_of_a_volume_elsewhere_is_assumed_or_unknown(cost_lines: CostLines) -> None:
    attributes = {"volume_id": "vol-1"}
    assert cost_lines("aws_ebs_snapshot", attributes)["EBS snapshot storage"] == "usage"
    assert cost_lines("aws_ebs_snapshot", attributes, assumptions=True)["EBS snapshot storage"] == Decimal("0.40")


def test_a_copy_follows_its_source_to_the_volume(cost_lines: CostLines) -> None:
    volume = declared("aws_ebs_volume", {"size": 10}, name="data")
    snapshot = declared("aws_ebs_snapshot", {}, name="daily", references={"volume_id": (volume.address,)})
    references = {"source_snapshot_id": (snapshot.address,)}
    lines = cost_lines("aws_ebs_snapshot_copy", {}, others=[volume, snapshot], references=references)
    assert lines == {"EBS snapshot storage": Decimal("0.50")}
    restored = cost_lines(
        "aws_ebs_volume", {}, others=[volume, snapshot], references={"snapshot_id": (snapshot.address,)}
    )
    assert restored == {"Storage (general purpose SSD, gp2)": Decimal("1.00")}


def test_fast_restore_is_billed_while_it_is_on(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_ebs_fast_snapshot_restore", {"availability_zone": "us-east-1a"})
    assert lines == {"Fast snapshot restore": Decimal("547.50")}


@given(iops=st.integers(100, 256_000), volumes=st.integers(1, 20))
def test_the_tiers_of_io2_hold_every_iops_once_however_many_volumes(iops: int, volumes: int) -> None:
    volume = Volume("io2", Quantity.fixed(10), Decimal(iops))
    count = Quantity.fixed(volumes)
    lines = volume_lines(volume, "us-east-1", io_requests=Quantity.unknown(), count=count)
    tiers = [line.quantity.expected for line in lines if isinstance(line, Component) and line.unit == "IOPS-months"]
    assert sum(tier or 0 for tier in tiers) == iops * volumes
    assert (tiers[0] or 0) <= 32_000 * volumes
