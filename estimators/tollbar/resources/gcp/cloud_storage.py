"""Cloud Storage buckets: stored GB by class and location, operations, retrieval, data transfer to the internet.

Source: "Cloud Storage pricing". Transfer to the internet costs by where the data goes, not where it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.gcp.geography import MULTI_REGION_OF, continent_of
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, text
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.traits import Redundancy
    from tollbar.usage import Usage

_MULTI_REGIONS = frozenset({"us", "eu", "asia"})
_DUAL_REGIONS = frozenset({"nam4", "eur4", "eur5", "eur7", "eur8", "asia1"})
_CLASSES = {"multi_regional": "standard", "regional": "standard", "durable_reduced_availability": "dra"}
_CLASSES_WITH_RETRIEVAL = frozenset({"nearline", "coldline", "archive"})
_EGRESS = (
    ("worldwide", "Data transfer to worldwide excluding Asia, Australia"),
    ("asia", "Data transfer to Asia excluding China, but including Hong Kong"),
    ("china", "Data transfer to China excluding Hong Kong"),
    ("australia", "Data transfer to Australia"),
)


def storage_bucket(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a bucket's stored GB, its operations, what is retrieved and what is sent to other places."""
    attributes = resource.attributes
    location = (attributes.text("location", "") or resource.region or "").lower() or None
    yield from as_far_as_known(lambda: _lines_of_class(_storage_class(attributes), location, usage))
    yield from _egress_lines(location, usage)


def bucket_lines(storage_class: str, location: str | None, usage: Usage) -> Iterator[Component]:
    """Yield the lines of a bucket of a class in a location, with the usage of :data:`BUCKET_USAGE_KEYS`."""
    yield from _lines_of_class(storage_class, location, usage)
    yield from _egress_lines(location, usage)


def _egress_lines(location: str | None, usage: Usage) -> Iterator[Component]:
    same_continent = usage.quantity("monthly_egress_data_transfer_gb.same_continent")
    if same_continent.is_known:
        continent = continent_of(location)
        sold_in = MULTI_REGION_OF.get(continent, location) if continent else location
        key = PriceKey("gcp/cloud_storage/egress/same_continent", sold_in)
        yield Component("Data transfer in same continent", same_continent, "GB", key, "Network egress")
    for destination, name in _EGRESS:
        quantity = usage.quantity(f"monthly_egress_data_transfer_gb.{destination}")
        key = PriceKey(f"gcp/cloud_storage/egress/{destination}", "global")
        yield Component(name, quantity, "GB", key, "Network egress")


def _storage_class(attributes: Attributes) -> str:
    declared = (attributes.text("storage_class", "STANDARD") or "STANDARD").lower()
    return _CLASSES.get(declared, declared)


def _lines_of_class(storage_class: str, location: str | None, usage: Usage) -> Iterator[Component]:
    key = PriceKey(f"gcp/cloud_storage/storage/{storage_class}", location)
    yield Component(f"Storage ({storage_class})", usage.quantity("storage_gb"), "GB-months", key)
    spread = _spread(location or "")
    operations = (
        ("monthly_class_a_operations", "Object adds, bucket/object list (class A)", "class_a"),
        ("monthly_class_b_operations", "Object gets, retrieve bucket/object metadata (class B)", "class_b"),
    )
    for usage_key, name, what in operations:
        key = PriceKey(f"gcp/cloud_storage/operations/{what}/{spread}/{storage_class}", location)
        yield Component(name, usage.quantity(usage_key), "operations", key)
    if storage_class in _CLASSES_WITH_RETRIEVAL:
        key = PriceKey(f"gcp/cloud_storage/retrieval/{storage_class}", location)
        yield Component("Data retrieval", usage.quantity("monthly_data_retrieval_gb"), "GB", key)


def _spread(location: str) -> str:
    """Return over how many regions a location spreads the data, on which operation prices depend."""
    if location in _MULTI_REGIONS:
        return "multi_region"
    return "dual_region" if location in _DUAL_REGIONS else "region"


BUCKET_USAGE_KEYS = (
    UsageKey("storage_gb", "GB stored, on average over the month", (10, 100, 1000)),
    UsageKey("monthly_class_a_operations", "Writes and listings a month", (1_000, 10_000, 100_000)),
    UsageKey("monthly_class_b_operations", "Reads a month", (10_000, 100_000, 1_000_000)),
    UsageKey("monthly_data_retrieval_gb", "GB read a month from Nearline, Coldline or Archive"),
    UsageKey("monthly_egress_data_transfer_gb.same_continent", "GB a month to the same continent"),
    UsageKey("monthly_egress_data_transfer_gb.worldwide", "GB a month to the internet but as below"),
    UsageKey("monthly_egress_data_transfer_gb.asia", "GB a month to Asia but China, with Hong Kong"),
    UsageKey("monthly_egress_data_transfer_gb.china", "GB a month to China but Hong Kong"),
    UsageKey("monthly_egress_data_transfer_gb.australia", "GB a month to Australia"),
)


def _redundancy(bucket: Resource, _usage: Usage, _inventory: Inventory) -> Redundancy | None:
    """Return over what a bucket's location spreads the data; a region has several zones."""
    location = bucket.attributes.text("location", "") or bucket.region
    if location is None:
        return None
    return "multi_zone" if _spread(location.lower()) == "region" else "multi_region"


def _has_lifecycle_rules(bucket: Resource, _usage: Usage, _inventory: Inventory) -> bool:
    """Return whether a rule deletes objects or moves them to a colder class, or Autoclass does."""
    if bucket.attributes.block("autoclass").flag("enabled"):
        return True
    actions = (rule.block("action").text("type", "") for rule in bucket.attributes.blocks("lifecycle_rule"))
    return any(action in {"Delete", "SetStorageClass"} for action in actions)


def _stored(_bucket: Resource, usage: Usage, _inventory: Inventory) -> Decimal | None:
    stored = usage.quantity("storage_gb")
    return None if stored.basis == "assumed" else stored.expected


TYPES = (
    ResourceType(
        "google_storage_bucket",
        "storage",
        storage_bucket,
        usage_keys=BUCKET_USAGE_KEYS,
        traits=Readers(
            redundancy=_redundancy,
            storage_class=text("storage_class", "STANDARD"),
            storage_gib=_stored,
            lifecycle_rules=_has_lifecycle_rules,
        ),
    ),
)
