"""How EC2 instances are launched: read from instances, launch templates and launch configurations.

Templates and configurations cost nothing by themselves; whatever launches instances from them is
billed for those instances.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from tollbar.component import Quantity
from tollbar.resource import Attributes, UnknownUntilApplyError
from tollbar.resources.aws.block_storage import Volume, declared_volume

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

Value = TypeVar("Value")

ROOT_GB = Quantity.fixed(8)
"""The root volume of most images (Amazon Linux, Ubuntu) where the size is not declared."""

_WINDOWS_ROOT_GB = 30
_ROOT_DEVICES = ("/dev/xvda", "/dev/sda1", "/dev/sda", "xvda", "sda1")
_CREDITS_NOT_TOLD: str | None = "not told"
"""A credit mode other than unlimited, under which no credits are billed: that they are not told is a line by itself."""

_HOSTS = ("host_id", "host_resource_group_arn")
_TENANCIES = {"default": "shared", "shared": "shared"}


@dataclass(frozen=True, slots=True)
class LaunchSpecification:
    """What is launched.

    ``tenancy`` is shared, dedicated or host; ``market`` on_demand, spot or another market type;
    ``volumes`` are named by the block that declares them. ``hours_depend_on`` and ``options_depend_on``
    name attributes that are known only after apply, and with them the instance hours or what comes beside.
    """

    instance_type: str | None
    tenancy: str = "shared"
    market: str = "on_demand"
    cpu_credits: str | None = None
    is_ebs_optimized: bool = False
    is_monitored: bool = False
    volumes: tuple[tuple[str | None, Volume], ...] = ()
    hours_depend_on: str | None = None
    options_depend_on: tuple[str, ...] = ()


class _Reader:
    """Reads attributes one by one, so that one known only after apply does not hide the others."""

    def __init__(self) -> None:
        self.unknown: list[str] = []

    def read(self, attribute: Callable[[], Value], otherwise: Value) -> Value:
        """Return a value, ``otherwise`` where only apply tells it."""
        try:
            return attribute()
        except UnknownUntilApplyError as unknown:
            self.unknown.append(unknown.attribute)
            return otherwise

    @property
    def first_unknown(self) -> str | None:
        """The first attribute that only apply tells, None where there is none."""
        return next(iter(self.unknown), None)


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
    hours, options = _Reader(), _Reader()
    return replace(
        base,
        instance_type=hours.read(lambda: attributes.text("instance_type", base.instance_type), None),
        tenancy=hours.read(lambda: _instance_tenancy(resource, inventory, base.tenancy), base.tenancy),
        market=hours.read(lambda: market_of(attributes, base.market), base.market),
        cpu_credits=options.read(lambda: _cpu_credits(attributes, base.cpu_credits), _CREDITS_NOT_TOLD),
        is_ebs_optimized=options.read(lambda: attributes.flag("ebs_optimized", default=base.is_ebs_optimized), False),
        is_monitored=options.read(lambda: attributes.flag("monitoring", default=base.is_monitored), False),
        volumes=_instance_volumes(attributes, template, options),
        hours_depend_on=hours.first_unknown or next(iter(_not_set_here(attributes, base.hours_depend_on)), None),
        options_depend_on=tuple(dict.fromkeys((*options.unknown, *_not_set_here(attributes, *base.options_depend_on)))),
    )


def with_instance_type(launched: LaunchSpecification, instance_type: str | None) -> LaunchSpecification:
    """Return what is launched, of another type than the template tells."""
    depends_on = None if launched.hours_depend_on == "instance_type" else launched.hours_depend_on
    return replace(launched, instance_type=instance_type, hours_depend_on=depends_on)


def template_specification(template: Resource, root_gb: Quantity = ROOT_GB) -> LaunchSpecification:
    """Return what a launch template launches; ``root_gb`` is the root volume's size where not declared."""
    attributes = template.attributes
    hours, options = _Reader(), _Reader()
    return LaunchSpecification(
        hours.read(lambda: attributes.text("instance_type"), None),
        hours.read(lambda: _placement_tenancy(attributes.block("placement")), "shared"),
        hours.read(lambda: market_of(attributes, "on_demand"), "on_demand"),
        options.read(lambda: _cpu_credits(attributes, None), _CREDITS_NOT_TOLD),
        options.read(lambda: attributes.flag("ebs_optimized"), False),
        options.read(lambda: attributes.block("monitoring").flag("enabled"), False),
        options.read(lambda: _template_volumes(template, root_gb), ()),
        hours.first_unknown,
        tuple(options.unknown),
    )


def configuration_specification(configuration: Resource) -> LaunchSpecification:
    """Return what a launch configuration launches. Its detailed monitoring is on unless switched off."""
    attributes = configuration.attributes
    has_spot_price = attributes.is_unknown("spot_price") or attributes.text("spot_price") is not None
    hours, options = _Reader(), _Reader()
    return LaunchSpecification(
        hours.read(lambda: attributes.text("instance_type"), None),
        hours.read(lambda: _tenancy(attributes.text("placement_tenancy", "default")), "shared"),
        "spot" if has_spot_price else "on_demand",
        None,
        options.read(lambda: attributes.flag("ebs_optimized"), False),
        options.read(lambda: attributes.flag("enable_monitoring", default=True), False),
        _instance_volumes(attributes, None, options),
        hours.first_unknown,
        tuple(options.unknown),
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
    # Which host it is does not matter: an id that only apply tells is one, too.
    on_host = any(attributes.is_set(name) and attributes.get(name) != "" for name in _HOSTS)
    if on_host or inventory.referenced(resource, "host_id", "aws_ec2_host"):
        return "host"
    declared = attributes.text("tenancy", "")
    return _tenancy(declared) if declared else default


def _not_set_here(attributes: Attributes, *of_template: str | None) -> tuple[str, ...]:
    """Return the attributes of a template that the instance does not set itself."""
    return tuple(name for name in of_template if name is not None and not attributes.is_set(name))


def _placement_tenancy(placement: Attributes) -> str:
    if placement.is_set("host_id") and placement.get("host_id") != "":
        return "host"
    return _tenancy(placement.text("tenancy", "default"))


def _cpu_credits(attributes: Attributes, default: str | None) -> str | None:
    return attributes.block("credit_specification").text("cpu_credits", default or "") or None


def _instance_volumes(
    attributes: Attributes, template: Resource | None, options: _Reader
) -> tuple[tuple[str | None, Volume], ...]:
    """Return the root volume and the others; of an unknown number of others those that are certain."""
    of_template = options.read(lambda: _template_devices(template) if template else [], None)
    own_blocks = options.read(lambda: attributes.blocks("ebs_block_device"), None)
    if own_blocks is None:
        own_blocks = attributes.known_blocks("ebs_block_device")
    own = [(_device_name(block), block) for block in own_blocks]
    root, others = _split_root(_merged([*(of_template or ()), *own]))
    root_block = options.read(lambda: attributes.block("root_block_device"), None)
    volumes: list[tuple[str | None, Volume]] = []
    # Without the template's devices it cannot be told whether the root volume is one of them.
    if root_block is not None and of_template is not None:
        volumes.append(("root_block_device", declared_volume(_over(root, root_block), default_size=ROOT_GB)))
    volumes += [(f"ebs_block_device[{i}]", declared_volume(device)) for i, device in enumerate(others)]
    return tuple(volumes)


def _template_volumes(template: Resource, root_gb: Quantity) -> tuple[tuple[str | None, Volume], ...]:
    root, others = _split_root(_template_devices(template))
    volumes: list[tuple[str | None, Volume]] = [("root_block_device", declared_volume(root, default_size=root_gb))]
    volumes += [(f"block_device_mapping[{i}]", declared_volume(device)) for i, device in enumerate(others)]
    return tuple(volumes)


def _device_name(block: Attributes) -> str | None:
    """Return the name of a device; one known only after apply is another than those that are known."""
    return None if block.is_unknown("device_name") else block.text("device_name")


def _template_devices(template: Resource) -> list[tuple[str | None, Attributes]]:
    mappings = template.attributes.blocks("block_device_mappings")
    return [(_device_name(mapping), mapping.block("ebs")) for mapping in mappings if mapping.blocks("ebs")]


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
    return Attributes({**base.values, **{name: block.get(name) for name in block.values if block.is_set(name)}})
