"""Private certificates and their authorities; public certificates are free. Source: AWS Private CA pricing page."""

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

_SHORT_LIVED = "SHORT_LIVED_CERTIFICATE"


def certificate(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the issue of a private certificate; shown as one a month, though it is issued once a year."""
    attributes = resource.attributes
    is_private = attributes.is_unknown("certificate_authority_arn") or attributes.text("certificate_authority_arn")
    if is_private or "certificate_authority_arn" in resource.references:
        key = PriceKey("aws/private_ca/certificates/general_purpose", resource.region)
        yield Component("Private certificate", Quantity.fixed(1), "certificates", key)


def certificate_authority(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the month of a private authority and the certificates it issues."""
    mode = "short_lived" if resource.attributes.text("usage_mode", "") == _SHORT_LIVED else "general_purpose"
    shown = mode.replace("_", "-")
    key = PriceKey(f"aws/private_ca/authority/{mode}", resource.region)
    yield Component(f"Private certificate authority ({shown})", Quantity.fixed(1), "months", key)
    key = PriceKey(f"aws/private_ca/certificates/{mode}", resource.region)
    yield Component("Certificates issued", usage.quantity("monthly_requests"), "certificates", key)


TYPES = (
    ResourceType("aws_acm_certificate", "security", certificate),
    ResourceType(
        "aws_acmpca_certificate_authority",
        "security",
        certificate_authority,
        usage_keys=(UsageKey("monthly_requests", "Private certificates issued a month", (1, 10, 100)),),
    ),
)
