"""Directory Service: the domain controllers of directories. Source: AWS Directory Service pricing page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_ROOT = "aws/directory_service"
_MICROSOFT = "MicrosoftAD"
_SMALLEST = Decimal(2)
"""Every directory has a controller in each of two subnets."""
_KINDS = {"SimpleAD": ("Simple AD", "simple_ad"), "ADConnector": ("AD Connector", "ad_connector")}


class _Directory(NamedTuple):
    """A directory as it is sold: its name on the bill and its size, the path of a controller, how many there are."""

    name: str
    size: str
    path: str
    controllers: Decimal


def directory(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of the domain controllers, and those of the accounts a Microsoft AD is shared with."""
    yield from as_far_as_known(lambda: _lines(resource, usage))


def _lines(resource: Resource, usage: Usage) -> Iterator[Component]:
    sold = _sold(resource.attributes)
    key = PriceKey(sold.path, resource.region)
    yield Component(f"Directory service ({sold.name}, {sold.size})", usage.hours * sold.controllers, "hours", key)
    if usage.is_told("additional_domain_controllers"):
        more = usage.quantity("additional_domain_controllers") * usage.hours
        yield Component("Additional domain controllers", more, "hours", key)
    if sold.name == "Microsoft AD" and usage.is_told("shared_accounts"):
        shared = usage.quantity("shared_accounts") * usage.hours
        path = f"{_ROOT}/directory_sharing/{sold.size.lower()}"
        yield Component("Directory sharing", shared, "hours", PriceKey(path, resource.region))


def _sold(attributes: Attributes) -> _Directory:
    """Return the directory with the provider's defaults: a large Simple AD, an Enterprise edition."""
    kind = attributes.text("type", "SimpleAD") or "SimpleAD"
    if kind == _MICROSOFT:
        edition = attributes.text("edition", "Enterprise") or "Enterprise"
        declared = attributes.known_number("desired_number_of_domain_controllers") or _SMALLEST
        path = f"{_ROOT}/microsoft_ad/{edition.lower()}/domain_controller"
        return _Directory("Microsoft AD", edition, path, max(declared, _SMALLEST))
    name, path = _KINDS.get(kind, (kind, kind.lower()))
    size = attributes.text("size", "Large") or "Large"
    return _Directory(name, size, f"{_ROOT}/{path}/{size.lower()}", _SMALLEST)


TYPES = (
    ResourceType(
        "aws_directory_service_directory",
        "security",
        directory,
        (
            UsageKey("additional_domain_controllers", "domain controllers beyond those declared"),
            UsageKey("shared_accounts", "accounts that a Microsoft AD is shared with"),
        ),
        size_attribute="size",
    ),
)
