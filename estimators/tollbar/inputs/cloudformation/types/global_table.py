"""AWS::DynamoDB::GlobalTable: a table whose replicas and scaling are its own properties.

The replica in the stack's own region is the table; the others are its replicas. Where capacity is scaled, targets of
Application Auto Scaling say between what, as they do beside a plain table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tollbar.inputs.cloudformation.attributes import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.inputs.cloudformation.attributes import Attributes, Properties
    from tollbar.inputs.cloudformation.values import Value

_SEED = "seed_capacity"


def finish_global_table(attributes: Attributes, region: str | None) -> None:
    """Give the table what its own replica and its throughput settings say."""
    replicas = attributes.pop("replicas", None)
    own = _own_replica(replicas, "region", region)
    if isinstance(replicas, list):
        others = (replica for replica in replicas if isinstance(replica, Mapping) and replica is not own)
        attributes["replica"] = [{"region_name": other.get("region")} for other in others]
    elif replicas is not None:
        attributes["replica"] = replicas
    _take_from(own, attributes)
    writes = _setting(attributes, "write_provisioned_throughput_settings", "write")
    if writes is not None:
        attributes["write_capacity"] = writes
    if "stream_specification" in attributes:
        attributes["stream_enabled"] = True


def global_table_parts(own: Value, properties: Properties, region: str | None) -> Iterator[Part]:
    """Yield the targets between which the capacity of the table is scaled."""
    replica = _own_replica(properties.get("Replicas"), "Region", region)
    for kind, settings in (
        ("Write", properties.get("WriteProvisionedThroughputSettings")),
        ("Read", replica.get("ReadProvisionedThroughputSettings")),
    ):
        scaled = settings.get(f"{kind}CapacityAutoScalingSettings") if isinstance(settings, Mapping) else None
        if isinstance(scaled, Mapping):
            target = {
                "scalable_dimension": f"dynamodb:table:{kind}CapacityUnits",
                "resource_id": own,
                "min_capacity": scaled.get("MinCapacity"),
                "max_capacity": scaled.get("MaxCapacity"),
            }
            yield Part(f".{kind}Capacity", "aws_appautoscaling_target", target)


def _own_replica(replicas: Value, name: str, region: str | None) -> Mapping[str, Value]:
    """Return the replica in the stack's region, else the first."""
    listed = [replica for replica in replicas if isinstance(replica, Mapping)] if isinstance(replicas, list) else []
    return next((replica for replica in listed if region and replica.get(name) == region), listed[0] if listed else {})


def _take_from(replica: Mapping[str, Value], attributes: Attributes) -> None:
    reads = _setting(replica, "read_provisioned_throughput_settings", "read")
    if reads is not None:
        attributes["read_capacity"] = reads
    if "table_class" in replica:
        attributes["table_class"] = replica["table_class"]
    recovery = replica.get("point_in_time_recovery_specification")
    if isinstance(recovery, Mapping):
        attributes["point_in_time_recovery"] = {"enabled": recovery.get("point_in_time_recovery_enabled")}


def _setting(values: Mapping[str, Value], name: str, kind: str) -> Value:
    """Return the units that settings name: fixed, or those that scaling starts from."""
    settings = values.get(name)
    if not isinstance(settings, Mapping):
        return settings
    scaled = settings.get(f"{kind}_capacity_auto_scaling_settings")
    start = scaled.get(_SEED, scaled.get("min_capacity")) if isinstance(scaled, Mapping) else scaled
    return settings.get(f"{kind}_capacity_units", start)
