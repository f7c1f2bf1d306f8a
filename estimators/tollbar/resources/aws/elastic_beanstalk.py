"""AWS Elastic Beanstalk environments: the instances, load balancer, database and logs that they make.

Elastic Beanstalk itself is free. Source: Elastic Beanstalk Developer Guide, "General options for all environments".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar.component import Component, Quantity, Unpriced, only_after_apply
from tollbar.resource import Attributes, Inventory, Resource, Unknown, UnknownUntilApplyError
from tollbar.resources.aws import cloudwatch, load_balancing, rds
from tollbar.resources.aws.autoscaling import Mixture
from tollbar.resources.aws.launch_specification import configuration_specification
from tollbar.resources.aws.launched_instances import (
    INSTANCE_USAGE_KEYS,
    instance_hours,
    instance_options,
    instance_use,
)
from tollbar.resources.registry import ResourceType, as_far_as_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tollbar.resources.aws.launch_specification import LaunchSpecification
    from tollbar.usage import Usage, UsageKey

_GROUP = "aws:autoscaling:asg"
_LAUNCH = "aws:autoscaling:launchconfiguration"
_INSTANCES = "aws:ec2:instances"
_ENVIRONMENT = "aws:elasticbeanstalk:environment"
_DATABASE = "aws:rds:dbinstance"
_LOGS = (
    ("aws:elasticbeanstalk:cloudwatch:logs", "StreamLogs"),
    ("aws:elasticbeanstalk:cloudwatch:logs:health", "HealthStreamingEnabled"),
)
_DEFAULT_MIN_SIZE, _DEFAULT_MAX_SIZE = 1, 4
_DEFAULT_LOAD_BALANCER = "classic"
_WINDOWS_ROOT_GB = 30
"""The root volume of Windows images where its size is not declared."""

_DEFAULT_ENGINE, _DEFAULT_CLASS = "mysql", "db.t2.micro"
_DEFAULT_ON_DEMAND_PERCENTAGE = 70
"""The on-demand share of a load-balanced environment with Spot requests."""


@dataclass(frozen=True, slots=True)
class _Settings:
    """The option settings of an environment, by namespace and name; of several the last one holds."""

    values: Mapping[tuple[str, str], Any]

    def get(self, namespace: str, name: str) -> Any:  # noqa: ANN401 -- any JSON
        """Return the raw value, None where it is absent, an Unknown where only apply will tell."""
        return self.values.get((namespace, name))

    def text(self, namespace: str, name: str, default: str = "") -> str:
        """Return a value as text.

        Raises:
            UnknownUntilApplyError: Only apply tells it.
        """
        value = self.get(namespace, name)
        if isinstance(value, Unknown):
            raise UnknownUntilApplyError(f"setting {namespace}:{name}")
        return default if value in {None, ""} else str(value)

    def flag(self, namespace: str, name: str) -> bool:
        """Return whether a value is true."""
        return self.text(namespace, name).lower() == "true"

    def number(self, namespace: str, name: str, default: int) -> Decimal:
        """Return a value as a number, the default where it is none."""
        number = Attributes({"value": self.text(namespace, name)}).number("value")
        return Decimal(default) if number is None else number


def environment(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the environment's instances between its minimum and maximum, load balancer, database and streamed logs."""
    blocks = resource.attributes.blocks("setting")
    settings = _Settings({(b.literal("namespace"), b.literal("name")): b.get("value") for b in blocks})
    if any(block.is_unknown(name) for block in blocks for name in ("namespace", "name")):
        yield only_after_apply("the name of a setting")
    yield from as_far_as_known(lambda: _instances(resource, settings, usage))
    yield from as_far_as_known(lambda: _load_balancer(resource, settings, usage))
    yield from as_far_as_known(lambda: _database(resource, settings, usage))
    yield from as_far_as_known(lambda: _logs(resource, settings, usage))


def _instances(resource: Resource, settings: _Settings, usage: Usage) -> Iterator[Component | Unpriced]:
    of_instances, region = _of_part(usage, "ec2.", INSTANCE_USAGE_KEYS), resource.region
    is_windows = _is_windows(resource)
    use = instance_use(of_instances, operating_system="windows" if is_windows else "linux")
    launched = _launched(resource, settings, _WINDOWS_ROOT_GB if is_windows else None)
    count = _size(settings)
    mixture = _mixture(settings)
    on_demand, spot = count.each_end(mixture.on_demand), count.each_end(mixture.spot)
    lines: list[Callable[[], Iterable[Component | Unpriced]]] = []
    if not on_demand.is_zero:
        lines.append(lambda: instance_hours(launched, use, region, on_demand))
    if not spot.is_zero:
        lines.append(lambda: instance_hours(replace(launched, market="spot"), use, region, spot))
    lines.append(lambda: instance_options(launched, use, region, on_demand + spot))
    for part in lines:
        yield from _named("", "ec2.", part())


def _is_windows(resource: Resource) -> bool:
    names = ("solution_stack_name", "platform_arn")
    return any("windows" in (resource.attributes.text(name, "") or "").lower() for name in names)


def _launched(resource: Resource, settings: _Settings, root_gb: int | None) -> LaunchSpecification:
    """Return what the environment launches, as the launch configuration that its settings amount to."""
    types = settings.get(_INSTANCES, "InstanceTypes")
    if isinstance(types, str) and types:
        types = types.split(",")[0].strip()
    volume = {
        "volume_type": settings.get(_LAUNCH, "RootVolumeType"),
        "volume_size": settings.get(_LAUNCH, "RootVolumeSize") or root_gb,
        "iops": settings.get(_LAUNCH, "RootVolumeIOPS"),
        "throughput": settings.get(_LAUNCH, "RootVolumeThroughput"),
    }
    interval = settings.text(_LAUNCH, "MonitoringInterval")
    attributes = {
        "instance_type": types or settings.get(_LAUNCH, "InstanceType"),
        "enable_monitoring": interval.startswith("1 "),
        "root_block_device": [volume],
        "ebs_block_device": _mapped_volumes(settings.get(_LAUNCH, "BlockDeviceMappings")),
    }
    return configuration_specification(replace(resource, attributes=Attributes(attributes)))


def _mapped_volumes(mappings: object) -> object:
    """Return the volumes that a setting maps: ``/dev/sdj=:100:true:gp2,/dev/sdb=ephemeral0`` has one of 100 GB."""
    if not isinstance(mappings, str):
        return mappings
    devices = [mapping.strip().partition("=") for mapping in mappings.split(",")]
    return [_mapped_volume(name, what) for name, _, what in devices if what and not what.startswith("ephemeral")]


def _mapped_volume(device: str, what: str) -> dict[str, str]:
    """Return one volume: its snapshot, size, deletion, type and IOPS stand between colons."""
    names = ("snapshot_id", "volume_size", "delete_on_termination", "volume_type", "iops")
    return {"device_name": device} | {name: value for name, value in zip(names, what.split(":"), strict=False) if value}


def _size(settings: _Settings) -> Quantity:
    if _is_single(settings):
        return Quantity.fixed(1)
    least = settings.number(_GROUP, "MinSize", _DEFAULT_MIN_SIZE)
    most = settings.number(_GROUP, "MaxSize", _DEFAULT_MAX_SIZE)
    return Quantity.between(least, least, max(least, most))


def _mixture(settings: _Settings) -> Mixture:
    if not settings.flag(_INSTANCES, "EnableSpot"):
        return Mixture()
    share = 0 if _is_single(settings) else _DEFAULT_ON_DEMAND_PERCENTAGE
    base = settings.number(_INSTANCES, "SpotFleetOnDemandBase", 0)
    return Mixture(base=base, percentage=settings.number(_INSTANCES, "SpotFleetOnDemandAboveBasePercentage", share))


def _is_single(settings: _Settings) -> bool:
    return settings.text(_ENVIRONMENT, "EnvironmentType", "LoadBalanced") == "SingleInstance"


def _load_balancer(resource: Resource, settings: _Settings, usage: Usage) -> Iterator[Component | Unpriced]:
    """A worker has no load balancer, a single instance neither, and a shared one is billed by itself."""
    is_worker = resource.attributes.text("tier", "WebServer") == "Worker"
    if is_worker or _is_single(settings) or settings.flag(_ENVIRONMENT, "LoadBalancerIsShared"):
        return
    kind, region = settings.text(_ENVIRONMENT, "LoadBalancerType", _DEFAULT_LOAD_BALANCER).lower(), resource.region
    if kind == "classic":
        of_classic = _of_part(usage, "elb.", load_balancing.CLASSIC_KEYS)
        yield from _named("load_balancer", "elb.", load_balancing.classic_load_balancer_lines(region, of_classic))
        return
    of_balancer = _of_part(usage, "lb.", load_balancing.LOAD_BALANCER_KEYS)
    yield from _named("load_balancer", "lb.", load_balancing.load_balancer_lines(kind, region, of_balancer))


def _database(resource: Resource, settings: _Settings, usage: Usage) -> Iterator[Component | Unpriced]:
    """Yield the lines of the coupled database: of any whose class or engine is set, unless it is not coupled."""
    is_declared = any(settings.get(_DATABASE, name) is not None for name in ("DBInstanceClass", "DBEngine"))
    is_coupled = settings.text(_DATABASE, "HasCoupledDatabase", str(is_declared)).lower() == "true"
    if not is_coupled:
        return
    attributes = {
        "engine": settings.get(_DATABASE, "DBEngine") or _DEFAULT_ENGINE,
        "engine_version": settings.get(_DATABASE, "DBEngineVersion"),
        "instance_class": settings.get(_DATABASE, "DBInstanceClass") or _DEFAULT_CLASS,
        "allocated_storage": settings.get(_DATABASE, "DBAllocatedStorage"),
        "multi_az": settings.get(_DATABASE, "MultiAZDatabase"),
    }
    database = replace(resource, type="aws_db_instance", attributes=Attributes(attributes), references={})
    of_database = _of_part(usage, "db.", rds.TYPES[0].usage_keys)
    yield from _named("database", "db.", rds.db_instance(database, of_database, Inventory((database,))))


def _logs(resource: Resource, settings: _Settings, usage: Usage) -> Iterator[Component | Unpriced]:
    if any(settings.flag(namespace, name) for namespace, name in _LOGS):
        of_logs = _of_part(usage, "cloudwatch.", cloudwatch.LOG_GROUP_KEYS)
        yield from _named("cloudwatch", "cloudwatch.", cloudwatch.log_group_lines(resource.region, of_logs))


def _of_part(usage: Usage, prefix: str, keys: Sequence[UsageKey]) -> Usage:
    """Return the use of one part, whose keys stand under a prefix in the use of the environment."""
    given = {name.removeprefix(prefix): value for name, value in usage.given.items() if name.startswith(prefix)}
    past = {name.removeprefix(prefix): value for name, value in usage.past.items() if name.startswith(prefix)}
    return replace(usage, given=given, past=past, keys={key.name: key for key in keys})


def _named(part: str, prefix: str, lines: Iterable[Component | Unpriced]) -> Iterator[Component | Unpriced]:
    """Yield the lines of a part under its name, their quantities under the environment's own usage keys."""
    for line in lines:
        if isinstance(line, Unpriced):
            yield line
            continue
        quantity = replace(line.quantity, keys=tuple(prefix + key for key in line.quantity.keys))
        yield replace(line, quantity=quantity, part=line.part or part or None)


def _under(prefix: str, keys: Sequence[UsageKey]) -> tuple[UsageKey, ...]:
    return tuple(replace(key, name=prefix + key.name) for key in keys)


_KEYS = (
    *_under("ec2.", INSTANCE_USAGE_KEYS),
    *_under("lb.", load_balancing.LOAD_BALANCER_KEYS),
    *_under("elb.", load_balancing.CLASSIC_KEYS),
    *_under("db.", rds.TYPES[0].usage_keys),
    *_under("cloudwatch.", cloudwatch.LOG_GROUP_KEYS),
)

TYPES = (ResourceType("aws_elastic_beanstalk_environment", "compute", environment, _KEYS),)
