"""ECS services: the Fargate tasks they run. Source: Amazon ECS and AWS Fargate pricing pages.

Tasks on EC2 or external instances cost nothing by themselves: the instances are billed where they
are declared. Whether tasks run on Fargate follows the launch type, else the service's capacity
provider strategy, else the cluster's.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.resources.aws.autoscaling_target import scaled_capacity
from tollbar.resources.aws.block_storage import declared_volume, volume_lines
from tollbar.resources.aws.fargate import fargate_lines, fargate_task
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tollbar.resource import Inventory, Resource
    from tollbar.resources.aws.fargate import FargateTask
    from tollbar.usage import Usage

_FARGATE_MARKETS = {"FARGATE": "on_demand", "FARGATE_SPOT": "spot"}


@dataclass(frozen=True, slots=True)
class Provider:
    """A capacity provider's part of a strategy: the tasks it takes first, and its weight for the rest."""

    name: str
    base: Decimal = Decimal(0)
    weight: Decimal = Decimal(1)


def ecs_service(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the vCPUs, memory and storage of the service's tasks on Fargate, and their EBS volumes."""
    tasks = _task_count(resource, usage, inventory)
    definition = _task_definition(resource, inventory)
    strategy = _strategy(resource, definition, inventory)
    if strategy is None:
        yield Unpriced(
            "unknown_until_apply", "the cluster, whose default tells where tasks run, is not in this project"
        )
    for provider, share in shares(strategy or (), tasks):
        if provider.name in _FARGATE_MARKETS and not share.is_zero:
            yield from _fargate(definition, usage, resource.region, share, _FARGATE_MARKETS[provider.name])
    for block in resource.attributes.block("volume_configuration").blocks("managed_ebs_volume"):
        volume = declared_volume(block, size_attribute="size_in_gb", default_kind="gp3")
        yield from volume_lines(
            volume, resource.region, io_requests=Quantity.unknown(), count=tasks, part="managed_ebs_volume"
        )


def _fargate(
    definition: Resource | None, usage: Usage, region: str | None, count: Quantity, market: str
) -> Iterator[Component | Unpriced]:
    if definition is None:
        yield Unpriced("unknown_until_apply", "the task definition is not in this project")
        return
    task = fargate_task(definition.attributes)
    if task is None:
        yield Unpriced("unknown_until_apply", f"{definition.address} does not tell the cpu and memory of its tasks")
        return
    yield from fargate_lines(task, usage, region, count, market)


def _task_count(resource: Resource, usage: Usage, inventory: Inventory) -> Quantity:
    """Return the desired tasks, ranging over what Application Auto Scaling may make of them."""
    cluster = _cluster(resource, inventory)
    cluster_name = cluster.attributes.literal("name") if cluster else "default"
    resource_id = f"service/{cluster_name}/{resource.attributes.literal('name')}"
    scaled = scaled_capacity(resource, resource_id, "ecs:service:DesiredCount", usage, inventory)
    least = (scaled.low if scaled else None) or Decimal(0)
    declared = resource.attributes.number("desired_count")
    desired = least if declared is None else declared
    if scaled is None or scaled.high is None:
        return Quantity.fixed(desired)
    return Quantity.between(min(least, desired), desired, max(scaled.high, desired))


def _task_definition(resource: Resource, inventory: Inventory) -> Resource | None:
    """Return the task definition by reference or family; a service may leave it to its task sets."""
    task_sets = inventory.referring(resource, "aws_ecs_task_set")
    for declaring in (resource, *task_sets):
        found = inventory.referenced(declaring, "task_definition", "aws_ecs_task_definition")
        if found is not None:
            return found
        named = declaring.attributes.literal("task_definition")
        family = named.rpartition("/")[2].partition(":")[0]
        if family and (definition := inventory.named("aws_ecs_task_definition", "family", family)):
            return definition
    return None


def _strategy(resource: Resource, definition: Resource | None, inventory: Inventory) -> Sequence[Provider] | None:
    """Return where tasks run; empty is EC2, None is not known."""
    launch_type = resource.attributes.text("launch_type", "")
    if launch_type:
        return (Provider(launch_type),)
    own = _providers(resource, "capacity_provider_strategy", inventory)
    if own:
        return own
    cluster = _cluster(resource, inventory)
    if cluster is not None:
        return _cluster_strategy(cluster, inventory)
    if not resource.attributes.literal("cluster") and not resource.attributes.is_unknown("cluster"):
        return ()
    # A cluster of another project: a task definition made for Fargate alone runs nowhere else.
    if definition is not None and definition.attributes.texts("requires_compatibilities") == ("FARGATE",):
        return (Provider("FARGATE"),)
    return None


def _cluster_strategy(cluster: Resource, inventory: Inventory) -> Sequence[Provider]:
    """Return a cluster's default strategy; where it has only Fargate providers and no default, those."""
    names: list[str] = []
    for declaring in (cluster, *_provider_associations(cluster, inventory)):
        default = _providers(declaring, "default_capacity_provider_strategy", inventory)
        if default:
            return default
        names += _provider_names(declaring, inventory)
    if names and all(name in _FARGATE_MARKETS for name in names):
        return (Provider("FARGATE" if "FARGATE" in names else names[0]),)
    return ()


def _provider_names(declaring: Resource, inventory: Inventory) -> tuple[str, ...]:
    """Return the names of the capacity providers, "" for one's own whose name is known only after apply."""
    names = declaring.attributes.get("capacity_providers")
    if not _are_own(declaring, "capacity_providers", inventory) or not isinstance(names, list):
        return declaring.attributes.texts("capacity_providers")
    return tuple(name if isinstance(name, str) else "" for name in names)


def _are_own(declaring: Resource, path: str, inventory: Inventory) -> bool:
    """Whether unknown names are those of declared capacity providers: the names of Fargate's are fixed."""
    return inventory.referenced(declaring, path, "aws_ecs_capacity_provider") is not None


def _provider_associations(cluster: Resource, inventory: Inventory) -> Iterator[Resource]:
    name = cluster.attributes.literal("name")
    for association in inventory.of_type("aws_ecs_cluster_capacity_providers"):
        refers = inventory.referenced(association, "cluster_name", "aws_ecs_cluster")
        if refers is cluster or (refers is None and name and association.attributes.literal("cluster_name") == name):
            yield association


def _cluster(resource: Resource, inventory: Inventory) -> Resource | None:
    found = inventory.referenced(resource, "cluster", "aws_ecs_cluster")
    if found is not None:
        return found
    named = resource.attributes.literal("cluster").rpartition("/")[2]
    return inventory.named("aws_ecs_cluster", "name", named) if named else None


def _providers(declaring: Resource, block_name: str, inventory: Inventory) -> tuple[Provider, ...]:
    are_own = _are_own(declaring, block_name, inventory)
    return tuple(
        Provider(
            block.literal("capacity_provider") if are_own else block.text("capacity_provider", "") or "",
            block.number("base", 0) or Decimal(0),
            block.number("weight", 0) or Decimal(0),
        )
        for block in declaring.attributes.blocks(block_name)
    )


def shares(strategy: Sequence[Provider], tasks: Quantity) -> Iterator[tuple[Provider, Quantity]]:
    """Divide the tasks between the providers of a strategy."""
    for index, provider in enumerate(strategy):
        yield provider, tasks.each_end(partial(_share, strategy, index))


def _share(strategy: Sequence[Provider], index: int, tasks: Decimal) -> Decimal:
    """Return the tasks of one provider: its base, then its part of the rest by weight in whole tasks."""
    bases = [min(provider.base, tasks) for provider in strategy]
    rest = max(tasks - sum(bases), Decimal(0))
    weights = [provider.weight for provider in strategy]
    if not any(weights):
        weights[0] = Decimal(1)
    taken = Decimal(0)
    for position, weight in enumerate(weights[: index + 1]):
        part = _whole_part(rest - taken, weight, sum(weights[position:]))
        taken += part
    return bases[index] + part


def _whole_part(rest: Decimal, weight: Decimal, of: Decimal | int) -> Decimal:
    return (rest * weight / of).to_integral_value(ROUND_HALF_UP) if weight else Decimal(0)


def _task(service: Resource, inventory: Inventory) -> FargateTask | None:
    definition = _task_definition(service, inventory)
    return None if definition is None else fargate_task(definition.attributes)


def _vcpus(service: Resource, _usage: Usage, inventory: Inventory) -> Decimal | None:
    task = _task(service, inventory)
    return None if task is None else task.vcpus


def _memory_gib(service: Resource, _usage: Usage, inventory: Inventory) -> Decimal | None:
    task = _task(service, inventory)
    return None if task is None else task.memory_gb


TYPES = (
    ResourceType("aws_ecs_service", "container", ecs_service, traits=Readers(vcpus=_vcpus, memory_gib=_memory_gib)),
)
