"""EKS clusters, managed node groups and Fargate profiles. Source: Amazon EKS and AWS Fargate pricing pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resource import UnknownUntilApplyError
from tollbar.resources.aws.block_storage import declared_volume
from tollbar.resources.aws.group_size import INSTANCES_KEY, declared_size, group_bounds, told_size
from tollbar.resources.aws.launch_specification import (
    LaunchSpecification,
    assumed_root_gb,
    find_launch_template,
    template_specification,
    with_instance_type,
)
from tollbar.resources.aws.launched_instances import INSTANCE_USAGE_KEYS, instance_lines, instance_use
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

STANDARD_SUPPORT_ENDS = {
    "1.28": date(2024, 11, 26),
    "1.29": date(2025, 3, 23),
    "1.30": date(2025, 7, 23),
    "1.31": date(2025, 11, 26),
    "1.32": date(2026, 3, 23),
    "1.33": date(2026, 7, 29),
    "1.34": date(2026, 12, 2),
    "1.35": date(2027, 3, 27),
}
"""End of standard support by Kubernetes version: "Kubernetes versions" in the Amazon EKS user guide."""

_DEFAULT_INSTANCE_TYPE = "t3.medium"
_LINUX_DISK_GB = 20
_WINDOWS_DISK_GB = 50


def eks_cluster(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of the control plane, dearer once the Kubernetes version is in extended support."""
    attributes, region = resource.attributes, resource.region
    extended = is_in_extended_support(attributes.text("version", ""), usage.on) and not _leaves_extended_support(
        attributes
    )
    support, name = ("extended", "EKS cluster (extended support)") if extended else ("standard", "EKS cluster")
    yield Component(name, usage.hours, "hours", PriceKey(f"aws/eks/cluster/{support}", region))
    tier = attributes.block("control_plane_scaling_config").text("tier", "standard")
    if tier != "standard":
        key = PriceKey(f"aws/eks/provisioned_control_plane/{tier}", region)
        yield Component(f"Provisioned control plane ({tier})", usage.hours, "hours", key)
    if attributes.block("compute_config").flag("enabled"):
        yield Unpriced("unknown_until_apply", "the instances that EKS Auto Mode will launch, and its fee on them")


def is_in_extended_support(version: str | None, on: date) -> bool:
    """Whether a Kubernetes version has left standard support on a day; none means the newest."""
    ends = STANDARD_SUPPORT_ENDS.get(version or "")
    if ends is not None:
        return ends <= on
    return bool(version) and _minor(version) < min(_minor(known) for known in STANDARD_SUPPORT_ENDS)


def node_group(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the group's nodes at its desired size, ranging over its minimum and maximum."""
    attributes = resource.attributes
    count = told_size(usage) or declared_size(
        attributes.block("scaling_config"), "desired_size", "min_size", "max_size"
    )
    is_windows = (attributes.text("ami_type", "") or "").startswith("WINDOWS")
    use = instance_use(usage, operating_system="windows" if is_windows else "linux")
    launched, missing = _nodes(resource, usage, inventory, is_windows=is_windows)
    yield from instance_lines(launched, use, resource.region, count)
    yield from missing


def fargate_profile(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the vCPUs and memory of the pods that run under the profile; the profile itself is free."""
    region = resource.region
    vcpus, memory = (f"aws/fargate/linux/x86_64/on_demand/{what}" for what in ("vcpu", "memory"))
    yield Component(
        "vCPU (Fargate, Linux/x86)", usage.quantity("monthly_vcpu_hours"), "vCPU-hours", PriceKey(vcpus, region)
    )
    yield Component(
        "Memory (Fargate, Linux/x86)", usage.quantity("monthly_memory_gb_hours"), "GB-hours", PriceKey(memory, region)
    )


def _leaves_extended_support(attributes: Attributes) -> bool:
    """Whether the cluster is upgraded by itself when standard support ends, instead of paying for more."""
    return attributes.block("upgrade_policy").text("support_type", "EXTENDED") == "STANDARD"


def _minor(version: str | None) -> int:
    _, _, minor = (version or "").partition(".")
    return int(minor) if minor.isdigit() else 10_000


def _instance_types(attributes: Attributes) -> tuple[tuple[str, ...], str | None]:
    """Return the instance types, and the attribute's name where only apply tells them."""
    try:
        return attributes.texts("instance_types"), None
    except UnknownUntilApplyError as unknown:
        return (), unknown.attribute


def _nodes(
    resource: Resource, usage: Usage, inventory: Inventory, *, is_windows: bool
) -> tuple[LaunchSpecification, tuple[Unpriced, ...]]:
    attributes = resource.attributes
    types, unknown_types = _instance_types(attributes)
    disk_gb = _WINDOWS_DISK_GB if is_windows else _LINUX_DISK_GB
    market = "spot" if attributes.text("capacity_type", "ON_DEMAND") == "SPOT" else "on_demand"
    if not attributes.blocks("launch_template"):
        disk = declared_volume(attributes, size_attribute="disk_size", default_size=Quantity.fixed(disk_gb))
        own_type = None if unknown_types else types[0] if types else _DEFAULT_INSTANCE_TYPE
        launched = LaunchSpecification(own_type, market=market, volumes=((None, disk),), hours_depend_on=unknown_types)
        return launched, ()
    template = find_launch_template(resource, attributes.block("launch_template"), "launch_template", inventory)
    if template is None:
        launched = LaunchSpecification(types[0] if types else None, market=market)
        return launched, (Unpriced("unknown_until_apply", "which launch template the nodes use is not known here"),)
    launched = template_specification(template, assumed_root_gb(usage, disk_gb, _WINDOWS_DISK_GB))
    if types:
        launched = with_instance_type(launched, types[0])
    if unknown_types:
        launched = replace(launched, instance_type=None, hours_depend_on=unknown_types)
    own_type = launched.instance_type
    if launched.hours_depend_on is None:
        own_type = own_type or _DEFAULT_INSTANCE_TYPE
    return replace(launched, instance_type=own_type, market="spot" if market == "spot" else launched.market), ()


TYPES = (
    ResourceType("aws_eks_cluster", "container", eks_cluster),
    ResourceType(
        "aws_eks_node_group",
        "container",
        node_group,
        (INSTANCES_KEY, *INSTANCE_USAGE_KEYS),
        traits=group_bounds("min_size", "max_size", "scaling_config"),
    ),
    ResourceType(
        "aws_eks_fargate_profile",
        "container",
        fargate_profile,
        (
            UsageKey("monthly_vcpu_hours", "vCPU-hours a month of the pods under the profile", (182.5, 730, 2920)),
            UsageKey("monthly_memory_gb_hours", "GB-hours a month of the pods under the profile", (365, 1460, 5840)),
        ),
    ),
)
