"""Amazon S3 buckets: storage, requests and retrievals by storage class. Source: Amazon S3 pricing page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, only_after_apply
from tollbar.price import PriceKey
from tollbar.resource import UnknownUntilApplyError
from tollbar.resources.aws.s3_storage_classes import CLASSES, STANDARD
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers, always
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from tollbar.component import Unpriced
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.resources.aws.s3_storage_classes import StorageClass
    from tollbar.traits import Redundancy
    from tollbar.usage import Usage

_ASSUMED = {
    "standard.storage_gb": (10, 100, 1000),
    "standard.monthly_tier_1_requests": (10_000, 100_000, 1_000_000),
    "standard.monthly_tier_2_requests": (100_000, 1_000_000, 10_000_000),
}
_ALWAYS_SHOWN = ("storage", "put_requests", "get_requests")


def s3_bucket(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the lines of every storage class that is used, or that a lifecycle rule moves objects to."""
    try:
        rules = _lifecycle_rules(resource, inventory)
        targets = _transition_targets(rules)
    except UnknownUntilApplyError as unknown:
        yield only_after_apply(unknown.attribute)
        rules, targets = [], set()
    tags = usage.quantity("object_tags")
    if tags.is_known or any(rule.get("tags") for rule in rules):
        yield Component("Object tagging", tags, "tags", PriceKey("aws/s3/object_tags", resource.region))
    for storage_class in CLASSES:
        shown = storage_class is STANDARD or storage_class.lifecycle_name in targets
        yield from _class_lines(storage_class, resource.region, usage, shown=shown)


def _transition_targets(rules: Iterable[Attributes]) -> set[str | None]:
    return {
        transition.text("storage_class", "")
        for rule in rules
        for block in ("transition", "noncurrent_version_transition")
        for transition in rule.blocks(block)
    }


def _class_lines(storage_class: StorageClass, region: str | None, usage: Usage, *, shown: bool) -> Iterator[Component]:
    for dimension in storage_class.dimensions:
        quantity = usage.quantity(f"{storage_class.name}.{dimension.key}")
        if quantity.is_known or (shown and dimension.price.startswith(_ALWAYS_SHOWN)):
            price = PriceKey(f"aws/s3/{storage_class.name}/{dimension.price}", region)
            yield Component(dimension.name, quantity, dimension.unit, price, storage_class.label)


def _lifecycle_rules(bucket: Resource, inventory: Inventory) -> list[Attributes]:
    """Return the rules inside the bucket (provider 3) and those of configurations that refer to it."""
    rules = [rule for rule in bucket.attributes.blocks("lifecycle_rule") if rule.flag("enabled", default=True)]
    for configuration in inventory.referring(bucket, "aws_s3_bucket_lifecycle_configuration"):
        enabled = (rule for rule in configuration.attributes.blocks("rule") if rule.text("status", "") != "Disabled")
        rules.extend(enabled)
    return rules


def bucket_analytics(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the objects that storage class analysis watches."""
    price = PriceKey("aws/s3/analytics_objects", resource.region)
    yield Component("Objects monitored", usage.quantity("monthly_monitored_objects"), "objects", price)


def bucket_inventory(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the objects that the inventory lists."""
    price = PriceKey("aws/s3/inventory_objects", resource.region)
    yield Component("Objects listed", usage.quantity("monthly_listed_objects"), "objects", price)


def _keys() -> Iterator[UsageKey]:
    yield UsageKey("object_tags", "tags on objects")
    for storage_class in CLASSES:
        for dimension in storage_class.dimensions:
            name = f"{storage_class.name}.{dimension.key}"
            yield UsageKey(name, f"{storage_class.label}: {dimension.name} a month", _ASSUMED.get(name))


def _has_lifecycle_rules(bucket: Resource, _usage: Usage, inventory: Inventory) -> bool | None:
    """Return whether a rule moves objects or lets them expire; None where rules may be of this bucket or another."""
    rules = _lifecycle_rules(bucket, inventory)
    if any(rule.blocks(block) for rule in rules for block in _MOVES_OR_EXPIRES):
        return True
    named = inventory.once(("buckets with lifecycle rules",), lambda: _named_buckets(inventory))
    return None if None in named or bucket.attributes.literal("bucket") in named else False


_MOVES_OR_EXPIRES = ("transition", "expiration", "noncurrent_version_transition", "noncurrent_version_expiration")


def _named_buckets(inventory: Inventory) -> frozenset[str | None]:
    """Return the buckets that lifecycle configurations name without a reference, None for one that is not known."""
    free = (
        configuration.attributes
        for configuration in inventory.of_type("aws_s3_bucket_lifecycle_configuration")
        if inventory.referenced(configuration, "bucket", "aws_s3_bucket") is None
    )
    return frozenset(attributes.literal("bucket") or None for attributes in free)


def _redundancy(bucket: Resource, _usage: Usage, inventory: Inventory) -> Redundancy:
    """Return where objects are kept: in several zones, replicated to another region with a replication."""
    configured = any(inventory.referring(bucket, "aws_s3_bucket_replication_configuration"))
    return "multi_region" if configured or bucket.attributes.blocks("replication_configuration") else "multi_zone"


def _stored(_bucket: Resource, usage: Usage, _inventory: Inventory) -> Decimal | None:
    stored = usage.quantity("standard.storage_gb")
    return None if stored.basis == "assumed" else stored.expected


TYPES = (
    ResourceType(
        "aws_s3_bucket",
        "storage",
        s3_bucket,
        usage_keys=tuple(_keys()),
        traits=Readers(
            redundancy=_redundancy,
            storage_class=always("STANDARD"),
            storage_gib=_stored,
            lifecycle_rules=_has_lifecycle_rules,
        ),
    ),
    ResourceType(
        "aws_s3_bucket_analytics_configuration",
        "storage",
        bucket_analytics,
        usage_keys=(UsageKey("monthly_monitored_objects", "objects watched a month", (10_000, 100_000, 1_000_000)),),
    ),
    ResourceType(
        "aws_s3_bucket_inventory",
        "storage",
        bucket_inventory,
        usage_keys=(UsageKey("monthly_listed_objects", "objects listed a month", (10_000, 100_000, 1_000_000)),),
    ),
)
