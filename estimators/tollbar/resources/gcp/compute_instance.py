"""Compute Engine instances, and managed groups of them.

Sources: "VM instance pricing" and "Disk and image pricing" of Compute Engine.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.resource import Attributes
from tollbar.resources.gcp.machine import (
    Licence,
    Machines,
    accelerators,
    external_addresses,
    is_spot,
    licence_of,
    licence_usage,
    local_ssd,
    machine_usage,
)
from tollbar.resources.gcp.persistent_disk import (
    boot_image_gb,
    declared_gb,
    declared_source,
    disk_lines,
    disk_type_of,
)
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, always
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_LOCAL_SSD_GB = 375
_TEMPLATES = ("google_compute_instance_template", "google_compute_region_instance_template")
_NO_TEMPLATE = Unpriced("unknown_until_apply", "the instance template is not declared in this project")
_AUTOSCALERS = ("google_compute_autoscaler", "google_compute_region_autoscaler")
_INSTANCE_CONFIGS = {
    "google_compute_per_instance_config": "instance_group_manager",
    "google_compute_region_per_instance_config": "region_instance_group_manager",
}
"""Types that configure one instance of a group, and the attribute that names the group."""


def compute_instance(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield an instance: machine hours, licence, GPUs, boot disk, local SSDs and ephemeral external IPs.

    A stopped instance (``desired_status = "TERMINATED"``) is billed for its disk only. Attached disks
    are resources of their own.
    """
    attributes = resource.attributes
    yield from as_far_as_known(lambda: _running(resource, usage, inventory))
    yield from as_far_as_known(lambda: _boot_disk(attributes.block("boot_disk"), resource, inventory), "boot_disk")


def _running(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield what is billed while the instance runs."""
    attributes = resource.attributes
    if attributes.text("desired_status", "") == "TERMINATED":
        return
    machines = _machines(attributes, resource, _hours(usage), Quantity.fixed(1))
    if machines is None:
        yield Unpriced("unknown_until_apply", "machine_type is not given")
    else:
        yield from machine_usage(machines)
        yield from as_far_as_known(lambda: licence_usage(machines, licence_of(_boot_image(attributes))))
        yield from as_far_as_known(lambda: accelerators(machines, attributes.blocks("guest_accelerator")))
        yield from as_far_as_known(
            lambda: local_ssd(machines, _scratch_gb(attributes.blocks("scratch_disk"), "size")), "scratch_disk"
        )
        yield from as_far_as_known(lambda: external_addresses(machines, _ephemeral_addresses(resource, inventory)))


def compute_instance_group(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the instances of a managed group: as many as its target size, or as its autoscaler keeps."""
    template = _template(resource, inventory)
    if template is None:
        yield _NO_TEMPLATE
        return
    yield from _from_template(template, resource, usage.hours, _group_size(resource, inventory), inventory)


def compute_instance_from_template(
    resource: Resource, usage: Usage, inventory: Inventory
) -> Iterator[Component | Unpriced]:
    """Yield an instance as its template has it, but for what it declares itself."""
    template = _template(resource, inventory)
    if template is None:
        yield _NO_TEMPLATE
        return
    own = {name: value for name, value in resource.attributes.values.items() if resource.attributes.is_set(name)}
    merged = replace(template, attributes=Attributes({**template.attributes.values, **own}))
    yield from _from_template(merged, resource, _hours(usage), Quantity.fixed(1), inventory)


def _from_template(
    template: Resource, resource: Resource, hours: Quantity, count: Quantity, inventory: Inventory
) -> Iterator[Component | Unpriced]:
    attributes = template.attributes
    machines = _machines(attributes, resource, hours, count)
    if machines is None:
        yield Unpriced("unknown_until_apply", f"machine_type of {template.address} is not given")
        return
    yield from machine_usage(machines)
    yield from as_far_as_known(lambda: licence_usage(machines, _template_licence(attributes.blocks("disk"))))
    yield from as_far_as_known(lambda: accelerators(machines, attributes.blocks("guest_accelerator")))
    yield from as_far_as_known(lambda: external_addresses(machines, _ephemeral_addresses(template, inventory)))
    yield from as_far_as_known(lambda: _template_disks(attributes.blocks("disk"), machines))


def _template_disks(disks: tuple[Attributes, ...], machines: Machines) -> Iterator[Component | Unpriced]:
    scratch = tuple(disk for disk in disks if _is_local_ssd(disk))
    yield from as_far_as_known(lambda: local_ssd(machines, _scratch_gb(scratch, "disk_size_gb")), "disk")
    for number, disk in enumerate(disks):
        if not _is_local_ssd(disk):
            part = f"disk[{number}]"
            yield from as_far_as_known(partial(_template_disk, disk, machines, part), part)


def _scratch_gb(disks: tuple[Attributes, ...], size_attribute: str) -> Decimal:
    sizes = (disk.known_number(size_attribute) or Decimal(_LOCAL_SSD_GB) for disk in disks)
    return sum(sizes, Decimal(0))


def _boot_image(attributes: Attributes) -> str:
    return attributes.block("boot_disk").block("initialize_params").text("image", "") or ""


def _hours(usage: Usage) -> Quantity:
    told = (usage.quantity(key.name) for key in _MONTHLY_HOURS)
    return next((hours for hours in told if hours.is_known), usage.hours)


def _machines(attributes: Attributes, resource: Resource, hours: Quantity, count: Quantity) -> Machines | None:
    machine_type = attributes.text("machine_type")
    if machine_type is None:
        return None
    spot = is_spot(attributes.block("scheduling"))
    return Machines(machine_type.rsplit("/", 1)[-1].lower(), resource.region, hours, count, spot)


def _boot_disk(boot: Attributes, resource: Resource, inventory: Inventory) -> Iterator[Component]:
    """Yield the boot disk that the instance creates; one made elsewhere (``source``) is billed there."""
    made_elsewhere = inventory.referenced(resource, "boot_disk.source") is not None
    if made_elsewhere or boot.names_something("source"):
        return
    parameters = boot.block("initialize_params")
    size = parameters.known_number("size")
    if size is None:
        size = _image_size(resource, parameters, inventory)
    yield from disk_lines(parameters, disk_type_of(parameters), size, resource.region)


def _image_size(resource: Resource, parameters: Attributes, inventory: Inventory) -> Decimal:
    image = inventory.referenced(resource, "boot_disk.initialize_params.image", "google_compute_image")
    if image is None:
        named = replace(resource, attributes=parameters)
        image = declared_source(named, "image", inventory, "google_compute_image")
    size = None if image is None else declared_gb(image, inventory)
    return boot_image_gb(parameters.text("image", "") or "") if size is None else size


def _ephemeral_addresses(resource: Resource, inventory: Inventory) -> int:
    """Count the external addresses that are not reserved: access configs without an address of this project."""
    configs = [
        config
        for interface in resource.attributes.blocks("network_interface")
        for config in interface.blocks("access_config")
    ]
    ephemeral = [config for config in configs if not config.names_something("nat_ip")]
    if len(ephemeral) < len(configs):
        return len(ephemeral)
    referred = {address for addresses in resource.references.values() for address in addresses}
    reserved = [address for address in inventory.of_type("google_compute_address") if address.address in referred]
    return max(len(configs) - len(reserved), 0)


def _template(resource: Resource, inventory: Inventory) -> Resource | None:
    return next(
        (
            found
            for attribute in ("version", "instance_template", "source_instance_template")
            for type_name in _TEMPLATES
            if (found := inventory.referenced(resource, attribute, type_name)) is not None
        ),
        None,
    )


def _group_size(resource: Resource, inventory: Inventory) -> Quantity:
    """Return how many instances run: the target size, within the autoscaler's range if there is one.

    Without either there is the vendor's least, 1. Instances with a configuration of their own are there even if the
    target size does not count them.
    """
    configured = sum(1 for config in inventory.of_type(*_INSTANCE_CONFIGS) if _configures(config, resource))
    target = resource.attributes.known_number("target_size")
    for autoscaler in inventory.referring(resource, *_AUTOSCALERS):
        policy = autoscaler.attributes.block("autoscaling_policy")
        low, high = policy.number("min_replicas", 1), policy.number("max_replicas")
        if low is not None and high is not None:
            high = max(low, high)
            expected = low if target is None else min(max(target, low), high)
            return Quantity.between(low, expected, high)
    return Quantity.fixed(1 if target is None else max(target, Decimal(configured)))


def _configures(config: Resource, group: Resource) -> bool:
    if any(group.address in addresses for addresses in config.references.values()):
        return True
    named = config.attributes.get(_INSTANCE_CONFIGS[config.type])
    return isinstance(named, str) and named.rsplit("/", 1)[-1] == group.attributes.get("name")


def _is_local_ssd(disk: Attributes) -> bool:
    return disk.text("type", "") == "SCRATCH" or disk_type_of(disk, "disk_type") == "local-ssd"


def _template_licence(disks: tuple[Attributes, ...]) -> Licence | None:
    images = (disk.text("source_image", "") or "" for disk in disks)
    return next((licence for image in images if (licence := licence_of(image)) is not None), None)


def _template_disk(disk: Attributes, machines: Machines, part: str) -> Iterator[Component]:
    if disk.names_something("source"):
        return
    size = disk.known_number("disk_size_gb") or boot_image_gb(disk.text("source_image", "") or "")
    disk_type = disk_type_of(disk, "disk_type")
    yield from disk_lines(disk, disk_type, size, machines.region, count=machines.count, part=part)


_MONTHLY_HOURS = (
    UsageKey("monthly_hrs", "Hours that the instance runs in a month"),
    UsageKey("monthly_hours", "The same, as some usage files spell it"),
)


def _is_autoscaled(group: Resource, _usage: Usage, inventory: Inventory) -> bool:
    return any(inventory.referring(group, *_AUTOSCALERS))


def _fewest(group: Resource, _usage: Usage, inventory: Inventory) -> Decimal | None:
    return _group_size(group, inventory).low


def _most(group: Resource, _usage: Usage, inventory: Inventory) -> Decimal | None:
    return _group_size(group, inventory).high


_GROUP = Readers(replicas_min=_fewest, replicas_max=_most, autoscaling=_is_autoscaled)

TYPES = (
    ResourceType(
        "google_compute_instance",
        "compute",
        compute_instance,
        usage_keys=_MONTHLY_HOURS,
        size_attribute="machine_type",
    ),
    ResourceType(
        "google_compute_instance_from_template",
        "compute",
        compute_instance_from_template,
        usage_keys=_MONTHLY_HOURS,
        size_attribute="machine_type",
    ),
    ResourceType("google_compute_instance_group_manager", "compute", compute_instance_group, traits=_GROUP),
    ResourceType(
        "google_compute_region_instance_group_manager",
        "compute",
        compute_instance_group,
        traits=Readers(**_GROUP, redundancy=always("multi_zone")),
    ),
)
