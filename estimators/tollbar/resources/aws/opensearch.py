"""Amazon OpenSearch Service: domains, of Elasticsearch too, serverless collections, and ingestion pipelines.

Source: Amazon OpenSearch Service pricing page; what gp3 volumes include is from its section on EBS volumes,
the end of standard support of old versions from the developer guide, "Standard support and extended support".
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, multi_zone_if, text
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_DEFAULT_TYPE = "m4.large.search"
_DEFAULT_WARM_TYPE = "ultrawarm1.medium.search"
_DEFAULT_VOLUME_TYPE = "gp2"
"""What the provider (instances) and the vendor (volumes) take where nothing is declared."""

_MASTERS = 3
_FEWEST_WARM_NODES = 2
_GP3_LEAST_IOPS = 3000
_GP3_IOPS_PER_GIB = 3
_GP3_STEP_GB = 3072
_GP3_MIBPS_PER_STEP = 250
_GP3_SMALL_VOLUME_GB = 170
_GP3_SMALL_VOLUME_MIBPS = 125
"""A gp3 volume includes 3 IOPS a GiB, 3,000 at least, and 250 MiB/s for each 3 TiB begun; 125 MiB/s below 170 GiB."""

_MANAGED_STORAGE_FAMILIES = ("or1.", "or2.", "om2.", "oi2.")
"""Instance families that keep a copy of their data in managed storage (OpenSearch optimized instances)."""

_STANDARD_SUPPORT_ENDED = date(2025, 11, 7)
_SUPPORTED_ELASTICSEARCH = {"6.8", "7.9", "7.10"}
_UNSUPPORTED_OPENSEARCH = {"1.0", "1.1", "1.2", "2.3", "2.5", "2.7", "2.9"}
_DEFAULT_ELASTICSEARCH = "1.5"
"""What the provider takes where aws_elasticsearch_domain declares no version."""
_LEAST_OCUS = Decimal("0.5")
"""What a serverless collection without standbys indexes, and searches, with at least."""


def search_domain(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of data, master, UltraWarm and coordinator nodes, and the volumes of each data node."""
    cluster = resource.attributes.block("cluster_config")
    yield from as_far_as_known(lambda: _data_nodes(resource, cluster, usage), "cluster_config")
    yield from as_far_as_known(lambda: _volumes(resource, cluster), "ebs_options")
    yield from as_far_as_known(lambda: _masters(resource, cluster, usage), "cluster_config")
    yield from as_far_as_known(lambda: _warm_nodes(resource, cluster, usage), "cluster_config")
    yield from as_far_as_known(lambda: _coordinators(resource, cluster, usage), "cluster_config")
    yield from as_far_as_known(lambda: _extended_support(resource, usage))


def serverless_collection(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the OpenSearch compute units (OCU) that index and search the collection, and its storage."""
    for name, key, what in (
        ("Indexing", "indexing_ocus", "indexing"),
        ("Search and query", "search_ocus", "search_and_query"),
    ):
        units = _serverless_units(resource, usage, key) * usage.hours
        yield Component(name, units, "OCU-hours", PriceKey(f"aws/opensearch_serverless/ocu/{what}", resource.region))
    stored = PriceKey("aws/opensearch_serverless/storage", resource.region)
    yield Component("Storage", usage.quantity("storage_gb"), "GB-months", stored)


def _serverless_units(resource: Resource, usage: Usage, key: str) -> Quantity:
    """Return the compute units as told; those assumed are of a collection with standbys, half are without."""
    units = usage.quantity(key)
    if usage.is_told(key) or resource.attributes.text("standby_replicas", "ENABLED") != "DISABLED":
        return units
    return (units / 2).each_end(lambda end: max(end, _LEAST_OCUS))


def ingestion_pipeline(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the ingestion compute units (OCU) of a pipeline, between its minimum and maximum."""
    least, most = resource.attributes.number("min_units"), resource.attributes.number("max_units")
    if least is None:
        yield Unpriced("unknown_until_apply", "min_units is not declared")
        return
    units = Quantity.between(least, least, max(least, most or least))
    key = PriceKey("aws/opensearch_ingestion/ocu", resource.region)
    yield Component("Ingestion", units * usage.hours, "OCU-hours", key)


def _data_nodes(resource: Resource, cluster: Attributes, usage: Usage) -> Iterator[Component]:
    type_name = _search_type(cluster.text("instance_type", _DEFAULT_TYPE), _DEFAULT_TYPE)
    yield _node_hours("Instance", type_name, _data_count(cluster), resource, usage)
    if type_name.startswith(_MANAGED_STORAGE_FAMILIES):
        yield _managed_storage("Managed storage", "managed_storage_gb", "optimized_instance", resource, usage)


def _masters(resource: Resource, cluster: Attributes, usage: Usage) -> Iterator[Component]:
    if not cluster.flag("dedicated_master_enabled"):
        return
    type_name = _search_type(cluster.text("dedicated_master_type", _DEFAULT_TYPE), _DEFAULT_TYPE)
    count = cluster.number("dedicated_master_count", _MASTERS) or Decimal(_MASTERS)
    yield _node_hours("Dedicated master", type_name, count, resource, usage)


def _warm_nodes(resource: Resource, cluster: Attributes, usage: Usage) -> Iterator[Component]:
    if not cluster.flag("warm_enabled"):
        return
    type_name = _search_type(cluster.text("warm_type", _DEFAULT_WARM_TYPE), _DEFAULT_WARM_TYPE)
    count = cluster.number("warm_count", _FEWEST_WARM_NODES) or Decimal(_FEWEST_WARM_NODES)
    yield _node_hours("UltraWarm instance", type_name, count, resource, usage)
    yield _managed_storage("UltraWarm managed storage", "ultrawarm_storage_gb", "ultrawarm", resource, usage)
    if cluster.block("cold_storage_options").flag("enabled"):
        yield _managed_storage("Cold managed storage", "cold_storage_gb", "cold", resource, usage)


def _coordinators(resource: Resource, cluster: Attributes, usage: Usage) -> Iterator[Component]:
    for option in cluster.blocks("node_options"):
        node = option.block("node_config")
        type_name, count = node.text("type"), node.number("count")
        if node.flag("enabled") and type_name and count:
            yield _node_hours("Dedicated coordinator", _search_type(type_name, type_name), count, resource, usage)


def _volumes(resource: Resource, cluster: Attributes) -> Iterator[Component | Unpriced]:
    """Yield storage and what is provisioned beyond it; every data node has a volume of the declared size."""
    options, region = resource.attributes.block("ebs_options"), resource.region
    if not options.flag("ebs_enabled"):
        return
    nodes = _data_count(cluster)
    kind = options.text("volume_type", _DEFAULT_VOLUME_TYPE) or _DEFAULT_VOLUME_TYPE
    size = options.known_number("volume_size")
    if size is None:
        yield Unpriced("unknown_until_apply", "ebs_options.volume_size is not told")
        return
    storage = PriceKey(f"aws/opensearch/storage/{kind}", region)
    yield Component(f"Storage ({kind})", Quantity.fixed(size * nodes), "GB-months", storage)
    included_iops, included_mibps = _gp3_included(size) if kind == "gp3" else (Decimal(0), Decimal(0))
    iops = (options.number("iops", 0) or Decimal(0)) - included_iops
    if kind in {"io1", "gp3"} and iops > 0:
        key = PriceKey(f"aws/opensearch/iops/{kind}", region)
        yield Component(f"Provisioned IOPS ({kind})", Quantity.fixed(iops * nodes), "IOPS-months", key)
    mibps = (options.number("throughput", 0) or Decimal(0)) - included_mibps
    if kind == "gp3" and mibps > 0:
        key = PriceKey("aws/opensearch/throughput/gp3", region)
        yield Component("Provisioned throughput (gp3)", Quantity.fixed(mibps * nodes), "MBps-months", key)


def _gp3_included(size_gb: Decimal) -> tuple[Decimal, Decimal]:
    """Return the IOPS and MiB/s that a volume includes."""
    iops = max(size_gb * _GP3_IOPS_PER_GIB, Decimal(_GP3_LEAST_IOPS))
    if size_gb < _GP3_SMALL_VOLUME_GB:
        return iops, Decimal(_GP3_SMALL_VOLUME_MIBPS)
    return iops, (size_gb / _GP3_STEP_GB).to_integral_value(ROUND_CEILING) * _GP3_MIBPS_PER_STEP


def _node_hours(role: str, type_name: str, count: Decimal, resource: Resource, usage: Usage) -> Component:
    key = PriceKey(f"aws/opensearch/instance/on_demand/{type_name}", resource.region)
    return Component(f"{role} (on-demand, {type_name})", usage.hours * count, "hours", key)


def _managed_storage(name: str, usage_key: str, kind: str, resource: Resource, usage: Usage) -> Component:
    key = PriceKey(f"aws/opensearch/managed_storage/{kind}", resource.region)
    return Component(name, usage.quantity(usage_key), "GB-months", key)


def _data_count(cluster: Attributes) -> Decimal:
    return cluster.number("instance_count", 1) or Decimal(1)


def _search_type(declared: str | None, default: str) -> str:
    """Return the type as the price list spells it; those of Elasticsearch cost the same."""
    return (declared or default).removesuffix(".elasticsearch").removesuffix(".search") + ".search"


def _extended_support(resource: Resource, usage: Usage) -> Iterator[Unpriced]:
    """Yield that an old version is billed for extended support, by the normalized instance hour."""
    version = _old_version(resource)
    if version is not None and usage.on >= _STANDARD_SUPPORT_ENDED:
        detail = f"Extended support: no price for {version}; its standard support ended on {_STANDARD_SUPPORT_ENDED}"
        yield Unpriced("price_not_found", detail)


def _old_version(resource: Resource) -> str | None:
    if resource.type == "aws_elasticsearch_domain":
        declared = resource.attributes.text("elasticsearch_version", _DEFAULT_ELASTICSEARCH) or _DEFAULT_ELASTICSEARCH
        engine, version = "Elasticsearch", declared
    else:
        engine, _, version = (resource.attributes.text("engine_version", "") or "").partition("_")
    if engine == "Elasticsearch" and version not in _SUPPORTED_ELASTICSEARCH:
        return f"Elasticsearch {version}"
    if engine == "OpenSearch" and version in _UNSUPPORTED_OPENSEARCH:
        return f"OpenSearch {version}"
    return None


_KEYS = (
    UsageKey("ultrawarm_storage_gb", "GB kept in UltraWarm", (100, 1000, 3000)),
    UsageKey("cold_storage_gb", "GB kept in cold storage", (100, 1000, 3000)),
    UsageKey("managed_storage_gb", "GB that OpenSearch optimized instances (OR1 and later) keep", (10, 100, 1000)),
)

_DOMAIN = Readers(
    redundancy=multi_zone_if("zone_awareness_enabled", "cluster_config"),
    storage_class=text("volume_type", _DEFAULT_VOLUME_TYPE, "ebs_options"),
)

TYPES = (
    ResourceType("aws_opensearch_domain", "database", search_domain, _KEYS, traits=_DOMAIN),
    ResourceType("aws_elasticsearch_domain", "database", search_domain, _KEYS, traits=_DOMAIN),
    ResourceType(
        "aws_opensearchserverless_collection",
        "database",
        serverless_collection,
        (
            UsageKey(
                "indexing_ocus",
                "compute units that index, on average; collections with one key share them",
                (0.5, 1, 4),
            ),
            UsageKey(
                "search_ocus", "compute units that search, on average; collections with one key share them", (0.5, 1, 4)
            ),
            UsageKey("storage_gb", "GB kept", (1, 10, 100)),
        ),
    ),
    ResourceType("aws_osis_pipeline", "messaging", ingestion_pipeline),
)
