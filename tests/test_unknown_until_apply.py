"""What is set but known only after apply is unpriced, in a plan and in a directory, and takes nothing else along.

The plan is Terraform's own (1.11.4, AWS provider 5.100), without what it says of sensitive values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.inputs.conftest import DATA
from tollbar.inputs import detect
from tollbar.inputs.interface import ReadOptions
from tollbar.resources.registry import bill, resource_type
from tollbar.usage import Usage

if TYPE_CHECKING:
    from decimal import Decimal

    from tollbar.component import Component

PROJECT = DATA / "unknown_until_apply"
ROOT = "root_block_device: Storage (general purpose SSD, gp2)"
M5 = "Instance usage (Linux/UNIX, on-demand, m5.large)"
BOTH: dict[str, dict[str, int | None]] = {
    "aws_instance.nothing_set": {M5: 730, ROOT: 8},
    "aws_instance.root_size": {M5: 730, "root_block_device.volume_size is known only after apply": None},
    "aws_instance.root_type": {
        M5: 730,
        "monitoring is known only after apply": None,
        "root_block_device.volume_type is known only after apply": None,
    },
    "aws_instance.more_volumes": {M5: 730, ROOT: 8, "ebs_block_device is known only after apply": None},
    "aws_instance.credits": {
        "Instance usage (Linux/UNIX, on-demand, t3.large)": 730,
        ROOT: 8,
        "credit_specification is known only after apply": None,
    },
    "aws_autoscaling_group.size": {"desired_capacity is known only after apply": None},
    "aws_autoscaling_group.devices": {M5: 730, "block_device_mappings is known only after apply": None},
    "aws_db_instance.storage": {
        "Database instance (on-demand, Single-AZ, db.m5.large)": 730,
        "allocated_storage is known only after apply": None,
    },
    "aws_db_instance.zones": {"multi_az is known only after apply": None},
    "aws_db_instance.version": {
        "Database instance (on-demand, Single-AZ, db.m5.large)": 730,
        "Storage (general purpose SSD, gp2)": 100,
        "engine_version is known only after apply": None,
    },
    "aws_elasticache_replication_group.nodes": {"num_cache_clusters is known only after apply": None},
    "aws_dynamodb_table.replicas": {
        "Write requests (WRU)": None,
        "Read requests (RRU)": None,
        "Data storage": None,
        "replica is known only after apply": None,
    },
    'module.unset.aws_ebs_volume.this["data"]': {"Storage (general purpose SSD, gp2)": 100},
    'module.set.aws_ebs_volume.this["data"]': {"size is known only after apply": None},
}
"""The lines of each bill by name with their quantity; without one what is unpriced or depends on the use."""

KNOWN_BLOCKS = {"ebs_block_device[0]: Storage (general purpose SSD, gp2)": 100}
"""What a directory tells of blocks beside those of unknown number; a plan tells nothing of them."""


@pytest.mark.parametrize("form", ["plan", "directory"])
def test_what_only_apply_tells_is_unpriced_and_the_rest_is_not(form: str) -> None:
    declaration = detect.read(PROJECT / "plan.json" if form == "plan" else PROJECT, ReadOptions())
    lines: dict[str, dict[str, Decimal | None]] = {}
    for resource in declaration.after:
        estimator = resource_type(resource)
        if estimator is not None:
            use = Usage({}, estimator.usage_key_by_name, assumptions=False)
            billed = bill(resource, use, declaration.after)
            lines[resource.address] = {
                **{_name(component): component.quantity.expected for component in billed.components},
                **dict.fromkeys(unpriced.detail for unpriced in billed.unpriced),
            }
    more = KNOWN_BLOCKS if form == "directory" else {}
    assert lines == {**BOTH, "aws_instance.more_volumes": {**BOTH["aws_instance.more_volumes"], **more}}


def _name(component: Component) -> str:
    return f"{component.part}: {component.name}" if component.part else component.name
