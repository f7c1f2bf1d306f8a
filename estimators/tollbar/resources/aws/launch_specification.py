"""How EC2 instances are launched: read from instances, launch templates and launch configurations.

Templates and configurations cost nothing by themselves; whatever launches instances from them is
billed for those instances.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tollbar.component import Quantity
from tollbar.resource import Attributes, Unknown
from tollbar.resources.aws.block_storage import Volume, declared_volume

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

ROOT_GB = Quantity.fixed(8)
"""The root volume of most images (Amazon Linux, Ubuntu) where the size is not declared."""

_WINDOWS_ROOT_GB = 30
_ROOT_DEVICES = ("/dev/xvda", "/dev/sda1", "/dev/sda", "xvda", "sda1")
_TENANCIES = {"default": "shared", "shared": "shared"}


@dataclass(frozen=True, slots=True)
class LaunchSpecification:
    """What is launched.

    ``tenancy`` is shared, dedicated or host; ``market`` on_demand, spot or another market type;
    ``volumes`` are named by the block that declares them.
    """

    instance_type: str | None
    tenancy: str = "shared"
    market: str = "on_demand"
    cpu_credits: str | None = None
    is_ebs_optimized: bool = False
    is_monitored: bool = False
    volumes: tuple[tuple[str | None, Volume], ...] = ()


def assumed_root_gb(usage: Usage, expected: int = 8, high: int = _WINDOWS_ROOT_GB) -> Quantity:
    """Return the GB of a root volume that only the image decides: an assumption, unknown where these are off."""
    return Quantity.between(expected, expected, high, "assumed") if usage.assumptions else Quantity.unknown()


def instance_specification(resource: Resource, inventory: Inventory) -> LaunchSpecification:
    """Return what an instance launches: its own attributes over those of its launch template."""
    attributes = resource.attributes
    template = None
    if attributes.blocks("launch_template"):
        template = find_launch_template(resource, attributes.block("launch_template"), "launch_template", inventory)
    base = template_specification(template) if template else LaunchSpecification(None)
    own_type = attributes.text("instance_type", base.instance_type) if template else attributes.text("instance_type")
    return replace(
        base,
        instance_type=own_type,
        tenancy=_instance_tenancy(resource, inventory, base.tenancy),
        market=market_of(attributes, base.market),
        cpu_credits=attributes.block("credit_specification").text("cpu_credits", base.cpu_credits or "") or None,
        is_ebs_optimized=attributes.flag("ebs_optimized", default=base.is_ebs_optimized),
        is_monitored=attributes.flag("monitoring", default=base.is_monitored),
        volumes=_instance_volumes(attributes, template),
    )


def template_specification(template: Resource, root_gb: Quantity = ROOT_GB) -> LaunchSpecification:
    """Return what a launch template launches; ``root_gb`` is the root volume's size where not declared."""
    attributes = template.attributes
    placement = attributes.block("placement")
    root, others = _split_root(_template_devices(template))
    volumes: list[tuple[str | None, Volume]] = [("root_block_device", declared_volume(root, default_size=root_gb))]
    volumes += [(f"block_device_mapping[{i}]", declared_volume(device)) for i, device in enumerate(others)]
    return LaunchSpecification(
        attributes.text("instance_type"),
        "host" if placement.text("host_id", "") else _tenancy(placement.text("tenancy", "default")),
        market_of(attributes, "on_demand"),
        attributes.block("credit_specification").text("cpu_credits", "") or None,
        attributes.flag("ebs_optimized"),
        attributes.block("monitoring").flag("enabled"),
        tuple(volumes),
    )


def configuration_specification(configuration: Resource) -> LaunchSpecification:
    """Return what a launch configuration launches. Its detailed monitoring is on unless switched off."""
    attributes = configuration.attributes
    has_spot_price = attributes.is_unknown("spot_price") or attributes.text("spot_price") is not None
    volumes: list[tuple[str | None, Volume]] = [
        ("root_block_device", declared_volume(attributes.block("root_block_device"), default_size=ROOT_GB))
    ]
    volumes += [
        (f"ebs_block_device[{i}]", declared_volume(device))
        for i, device in enumerate(attributes.blocks("ebs_block_device"))
    ]
    return LaunchSpecification(
        attributes.text("instance_type"),
        _tenancy(attributes.text("placement_tenancy", "default")),
        "spot" if has_spot_price else "on_demand",
        None,
        attributes.flag("ebs_optimized"),
        attributes.flag("enable_monitoring", default=True),
        tuple(volumes),
    )


def find_launch_template(resource: Resource, block: Attributes, path: str, inventory: Inventory) -> Resource | None:
    """Return the launch template that a block names by reference, id or name, None where it is not in this project.

    An id that is known only after apply belongs to a template of this plan: where there is only one, it is that.
    """
    return _find(
        resource, path, "aws_launch_template", inventory,
        _literals(block, "id", "name", "launch_template_id", "launch_template_name"),
    )  # fmt: skip


def find_launch_configuration(resource: Resource, inventory: Inventory) -> Resource | None:
    """Return the launch configuration of an Auto Scaling group, None where it is not in this project."""
    names = _literals(resource.attributes, "launch_configuration")
    return _find(resource, "launch_configuration", "aws_launch_configuration", inventory, names)


def market_of(attributes: Attributes, default: str) -> str:
    """Return the market that ``instance_market_options`` asks for: spot or another."""
    market = attributes.block("instance_market_options").text("market_type", "")
    return market.replace("-", "_") if market else default


def _find(
    resource: Resource, path: str, type_name: str, inventory: Inventory, names: frozenset[str]
) -> Resource | None:
    referenced = inventory.referenced(resource, path, type_name)
    if referenced is not None:
        return referenced
    candidates = tuple(inventory.of_type(type_name))
    if names:
        return next((c for c in candidates if names & _literals(c.attributes, "id", "name")), None)
    return candidates[0] if len(candidates) == 1 else None


def _literals(attributes: Attributes, *names: str) -> frozenset[str]:
    values = (attributes.get(name) for name in names)
    return frozenset(value for value in values if isinstance(value, str) and value)


def _tenancy(declared: str | None) -> str:
    return _TENANCIES.get(declared or "default", declared or "shared")


def _instance_tenancy(resource: Resource, inventory: Inventory, default: str) -> str:
    attributes = resource.attributes
    # host_id is computed where unset, so that an unknown one tells nothing unless it refers to a host.
    on_host = attributes.text("host_id", "") or attributes.text("host_resource_group_arn", "")
    if on_host or inventory.referenced(resource, "host_id", "aws_ec2_host"):
        return "host"
    declared = attributes.text("tenancy", "")
    return _tenancy(declared) if declared else default


def _instance_volumes(attributes: Attributes, template: Resource | None) -> tuple[tuple[str | None, Volume], ...]:
    own = [(block.text("device_name", ""), block) for block in attributes.blocks("ebs_block_device")]
    root, others = _split_root(_merged([*(_template_devices(template) if template else ()), *own]))
    root_block = _over(root, attributes.block("root_block_device"))
    volumes: list[tuple[str | None, Volume]] = [
        ("root_block_device", declared_volume(root_block, default_size=ROOT_GB))
    ]
    volumes += [(f"ebs_block_device[{i}]", declared_volume(device)) for i, device in enumerate(others)]
    return tuple(volumes)


def _template_devices(template: Resource) -> list[tuple[str | None, Attributes]]:
    mappings = template.attributes.blocks("block_device_mappings")
    return [(m.text("device_name", ""), m.block("ebs")) for m in mappings if m.blocks("ebs")]


def _merged(devices: Iterable[tuple[str | None, Attributes]]) -> list[tuple[str | None, Attributes]]:
    """Lay later declarations of a device over earlier ones of the same name."""
    by_name: dict[str, Attributes] = {}
    for index, (name, block) in enumerate(devices):
        key = name or f"#{index}"
        by_name[key] = _over(by_name[key], block) if key in by_name else block
    return list(by_name.items())


def _split_root(devices: Iterable[tuple[str | None, Attributes]]) -> tuple[Attributes, list[Attributes]]:
    root = Attributes()
    others = []
    for name, block in devices:
        if name in _ROOT_DEVICES and not root.values:
            root = block
        else:
            others.append(block)
    return root, others


def _over(base: Attributes, block: Attributes) -> Attributes:
    told: Mapping[str, Any] = {k: v for k, v in block.values.items() if v is not None and not isinstance(v, Unknown)}
    return Attributes({**base.values, **told})
