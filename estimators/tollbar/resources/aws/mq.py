"""Amazon MQ brokers. Source: Amazon MQ pricing page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_ENGINES = {"activemq": "ActiveMQ", "rabbitmq": "RabbitMQ"}
_DEFAULT_DEPLOYMENT = "single_instance"
_CLUSTER = "cluster_multi_az"
_CLUSTER_NODES = 3


def broker(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a broker with all its nodes, and the storage of each node."""
    yield from as_far_as_known(lambda: _hours(resource, usage))
    yield from as_far_as_known(lambda: _storage(resource, usage))


def _hours(resource: Resource, usage: Usage) -> Iterator[Component | Unpriced]:
    engine, deployment = _engine(resource), _deployment(resource)
    node_type = resource.attributes.text("host_instance_type")
    if node_type is None or not engine:
        missing = "engine_type" if node_type else "host_instance_type"
        yield Unpriced("unknown_until_apply", f"{missing} is not declared")
        return
    name = f"Broker ({_ENGINES.get(engine, engine)}, {node_type}, {deployment.replace('_', ' ')})"
    key = PriceKey(f"aws/mq/broker/{engine}/{deployment}/{node_type}", resource.region)
    yield Component(name, usage.hours, "hours", key)


def _storage(resource: Resource, usage: Usage) -> Iterator[Component]:
    """RabbitMQ keeps messages on the disk of every node; the nodes of ActiveMQ share one file system by default."""
    engine = _engine(resource)
    if not engine:
        return
    default = "ebs" if engine == "rabbitmq" else "efs"
    kind = (resource.attributes.text("storage_type", default) or default).lower()
    gb = usage.quantity("storage_size_gb") * (_CLUSTER_NODES if _deployment(resource) == _CLUSTER else 1)
    name = f"Storage ({_ENGINES.get(engine, engine)}, {kind.upper()})"
    yield Component(name, gb, "GB-months", PriceKey(f"aws/mq/storage/{engine}/{kind}", resource.region))


def _engine(resource: Resource) -> str:
    return (resource.attributes.text("engine_type", "") or "").lower()


def _deployment(resource: Resource) -> str:
    return (resource.attributes.text("deployment_mode", _DEFAULT_DEPLOYMENT) or _DEFAULT_DEPLOYMENT).lower()


TYPES = (
    ResourceType(
        "aws_mq_broker",
        "messaging",
        broker,
        (UsageKey("storage_size_gb", "GB of messages stored by each node", (1, 10, 100)),),
        "host_instance_type",
    ),
)
