"""Azure Cache for Redis, its Enterprise clusters and Azure Managed Redis: the hours of their nodes by size.

Source: "Azure Cache for Redis pricing" and "Azure Managed Redis pricing". A Basic cache is one node and a Standard one
a pair, sold together. A Premium cache has a primary and its replicas (one unless told) in each shard. An Enterprise
cluster has as many nodes as its capacity; a managed cache two, or one without high availability.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.traits import Redundancy
    from tollbar.usage import Usage

_PATH = "azure/redis_cache"
_DEFAULT_ENTERPRISE_CAPACITY = {"enterprise": 2, "enterprise_flash": 3}
"""The smallest cluster, which Azure makes where the SKU's name tells no capacity."""


def redis_cache(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a cache's nodes, in Premium of all shards with their replicas."""
    attributes = resource.attributes
    sku = (attributes.text("sku_name") or "Standard").lower()
    size = f"{attributes.text('family', 'C')}{int(attributes.number('capacity', 0) or 0)}"
    path = f"{_PATH}/{sku}/{size.lower()}"
    if sku == "premium":
        nodes = _shards(attributes) * (1 + _replicas(attributes))
        key = PriceKey(f"{path}/cache_instance", resource.region)
        yield Component(f"Nodes (Premium {size})", usage.hours * nodes, "hours", key)
    else:
        yield Component(
            f"Cache ({sku.capitalize()} {size})", usage.hours, "hours", PriceKey(f"{path}/cache", resource.region)
        )


def _shards(cache: Attributes) -> Decimal:
    """Return the shards; a cache that is not clustered is one."""
    return max(cache.number("shard_count", 1) or Decimal(1), Decimal(1))


def _replicas(cache: Attributes) -> Decimal:
    """Return the replicas of each primary, which older versions of the provider call master."""
    primary = cache.known_number("replicas_per_primary")
    replicas = cache.known_number("replicas_per_master") if primary is None else primary
    return Decimal(1) if replicas is None else replicas


def enterprise_cluster(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of an Enterprise cluster's nodes."""
    sku, _, told = (resource.attributes.text("sku_name") or "").partition("-")
    family, _, size = sku.partition("_")
    tier = _snake_case(family)
    nodes = Decimal(told) if told.isdigit() else Decimal(_DEFAULT_ENTERPRISE_CAPACITY.get(tier, 2))
    key = PriceKey(f"{_PATH}/{tier}/{size.lower()}/cache", resource.region)
    yield Component(f"Nodes ({sku})", usage.hours * nodes, "hours", key)


def managed_redis(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a managed cache's nodes: two, or one without high availability."""
    sku = resource.attributes.text("sku_name") or ""
    family, _, size = sku.partition("_")
    nodes = 2 if resource.attributes.flag("high_availability_enabled", default=True) else 1
    key = PriceKey(f"{_PATH}/managed_redis_{_snake_case(family)}/{size.lower()}/cache_instance", resource.region)
    yield Component(f"Nodes ({sku})", usage.hours * nodes, "hours", key)


def _snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _redundancy(cache: Resource, _usage: Usage, _inventory: Inventory) -> Redundancy:
    return "multi_zone" if len(cache.attributes.texts("zones")) > 1 else "zone"


TYPES = (
    ResourceType(
        "azurerm_redis_cache", "database", redis_cache, (), "sku_name", traits=Readers(redundancy=_redundancy)
    ),
    ResourceType("azurerm_redis_enterprise_cluster", "database", enterprise_cluster, (), "sku_name"),
    ResourceType("azurerm_managed_redis", "database", managed_redis, (), "sku_name"),
)
