"""KMS keys. Source: AWS Key Management Service pricing page.

The account's free 20,000 requests are not taken off, and the versions that later rotations add are
not foreseen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_SYMMETRIC = "SYMMETRIC_DEFAULT"


def key(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the month of a customer managed key and the requests made with it."""
    spec = resource.attributes.text("customer_master_key_spec") or _SYMMETRIC
    yield from _key_lines(resource, usage, spec)


def symmetric_key(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the same for a key whose material was brought along, or a replica."""
    yield from _key_lines(resource, usage, _SYMMETRIC)


def _key_lines(resource: Resource, usage: Usage, spec: str) -> Iterator[Component]:
    yield Component("Customer managed key", Quantity.fixed(1), "keys", PriceKey("aws/kms/key", resource.region))
    kind, name = _request_kind(spec)
    price = PriceKey(f"aws/kms/requests/{kind}", resource.region)
    yield Component(name, usage.quantity("monthly_requests"), "requests", price)


def _request_kind(spec: str) -> tuple[str, str]:
    if spec == _SYMMETRIC or spec.startswith("HMAC_"):
        return "symmetric", "Requests"
    if spec == "RSA_2048":
        return "rsa_2048", "Requests (RSA 2048)"
    return "asymmetric", "Requests (asymmetric)"


_KEYS = (UsageKey("monthly_requests", "Requests made with the key a month", (1_000, 10_000, 100_000)),)

TYPES = (
    ResourceType("aws_kms_key", "security", key, _KEYS),
    ResourceType("aws_kms_external_key", "security", symmetric_key, _KEYS),
    ResourceType("aws_kms_replica_key", "security", symmetric_key, _KEYS),
    ResourceType("aws_kms_replica_external_key", "security", symmetric_key, _KEYS),
)
