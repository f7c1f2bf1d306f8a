"""Cloud Key Management Service: active key versions and the operations with them.

Source: "Cloud Key Management Service pricing". What a version and an operation cost depends on the protection level
and, for keys in an HSM, on the algorithm. A key is made with one version; each rotation adds one that stays active.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.money import HOURS_PER_MONTH
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_PERIOD = re.compile(r"(\d+(?:\.\d+)?)s")
_SECONDS_PER_HOUR = 3600
_SYMMETRIC = ("GOOGLE_SYMMETRIC", "AES_", "HMAC_")
_RSA_2048 = re.compile(r"RSA_.*_2048(_|$)")


def crypto_key(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a key's active versions (as told, else those that a month's rotations make) and its operations."""
    yield from as_far_as_known(lambda: _lines(resource.attributes, usage))


def key_protection(template: Attributes) -> str:
    """Return by what a key's price is found: ``software``, ``external``, ``hsm_symmetric``, ``hsm_asymmetric``."""
    level = (template.text("protection_level", "SOFTWARE") or "SOFTWARE").lower()
    if level.startswith("external"):
        return "external"
    if level != "hsm":
        return level
    algorithm = template.text("algorithm", "GOOGLE_SYMMETRIC_ENCRYPTION") or ""
    if algorithm.startswith(_SYMMETRIC):
        return "hsm_symmetric"
    return "hsm_rsa_2048" if _RSA_2048.match(algorithm) else "hsm_asymmetric"


def _lines(attributes: Attributes, usage: Usage) -> Iterator[Component]:
    protection = key_protection(attributes.block("version_template"))
    key = PriceKey(f"gcp/cloud_kms/key_version/{protection}", "global")
    yield Component("Key versions", _versions(attributes, usage), "keys", key)
    key = PriceKey(f"gcp/cloud_kms/operation/{protection}", "global")
    yield Component("Operations", usage.quantity("monthly_key_operations"), "operations", key)


def _versions(attributes: Attributes, usage: Usage) -> Quantity:
    told = usage.quantity("key_versions")
    if told.is_known:
        return told
    period = _PERIOD.fullmatch(attributes.text("rotation_period", "") or "")
    if period is None or not Decimal(period[1]):
        return Quantity.fixed(1)
    return Quantity.fixed(max(HOURS_PER_MONTH * _SECONDS_PER_HOUR / Decimal(period[1]), Decimal(1)))


TYPES = (
    ResourceType(
        "google_kms_crypto_key",
        "security",
        crypto_key,
        usage_keys=(
            UsageKey("key_versions", "Active versions of the key"),
            UsageKey(
                "monthly_key_operations", "Encryptions, signatures and the like a month", (1_000, 10_000, 100_000)
            ),
        ),
    ),
)
