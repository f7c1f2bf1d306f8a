"""The cheapest machine types that could take the place of a resource's.

They have as many vCPUs, as much memory, the same architecture and GPUs, are no older, and are taken for as many
hours. What else depends on the size, such as CPU credits, is taken to stay as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tollbar.adjust.machine_facts import machine_facts
from tollbar.catalog.lookup import PriceNotFound
from tollbar.price import PriceKey, cloud_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tollbar.catalog.pricing import PricedComponent
    from tollbar.price import Price
    from tollbar.resources.machine_types import MachineType

AT_MOST = 3
_BY_THE_HOUR = ("on_demand", "sustained_use")
_LARGER_THAN_ANY_CHEAPER = 2
"""What has more than this many times the vCPUs or memory is hardly cheaper; not looking at it keeps this fast."""
_TIES_TO_ITS_TYPE = re.compile(r"gcp/compute/(gpu|local_ssd)/.*|aws/(rds|aurora)/extended_support/.*")
"""What is billed beside a machine that few others take: GPUs and disks attached to a Google Cloud machine; a database
version on extended support, which newer instance classes do not run."""


class Alternative(NamedTuple):
    """A cheaper machine type and what it saves of the resource's list cost: USD a month."""

    machine: MachineType
    size: str
    saving: Decimal


class Sizes(Protocol):
    """A catalogue that can list what is sold beside a thing."""

    def find(self, key: PriceKey, resource_type: str | None = None, /) -> Price | PriceNotFound:
        """Return the price under a key, or a miss."""

    def names_below(self, path: str) -> Sequence[str]:
        """Return the last parts of the paths right below another."""


class _Offer(NamedTuple):
    machine: MachineType
    size: str
    hourly: Decimal


@dataclass
class Alternatives:
    """Finds alternatives, remembering what it found for a size in a region."""

    catalog: Sizes
    _offers: dict[tuple[PriceKey, str | None], tuple[_Offer, ...]] = field(default_factory=dict)

    def of(self, lines: Iterable[PricedComponent], resource_type: str | None = None) -> tuple[Alternative, ...]:
        """Return the cheapest alternatives for a resource's machine, the cheapest first; nothing where it has none.

        A resource of machines of several types (a mixed fleet) has no alternatives.
        """
        lines = tuple(lines)
        machines = [line for line in lines if _is_machine(line)]
        if len({line.component.price for line in machines}) != 1:
            return ()
        if any(_TIES_TO_ITS_TYPE.fullmatch(line.component.price.path) for line in lines):
            return ()
        hours = sum((line.component.quantity.expected or Decimal(0) for line in machines), Decimal(0))
        price = machines[0].price
        current = price.tiers[0].unit_price
        if hours <= 0 or len(price.tiers) > 1:
            return ()
        offers = self._cheaper(machines[0].component.price, resource_type)
        return tuple(
            Alternative(offer.machine, offer.size, (current - offer.hourly) * hours)
            for offer in offers
            if offer.hourly < current
        )

    def _cheaper(self, key: PriceKey, resource_type: str | None) -> tuple[_Offer, ...]:
        if (key, resource_type) not in self._offers:
            found = sorted(self._replacements(key, resource_type), key=lambda offer: (offer.hourly, offer.size))
            self._offers[key, resource_type] = tuple(found[:AT_MOST])
        return self._offers[key, resource_type]

    def _replacements(self, key: PriceKey, resource_type: str | None) -> Iterator[_Offer]:
        parent, _, size = key.path.rpartition("/")
        cloud = cloud_of(key.path)
        machine, traits = machine_facts(cloud, size)
        if machine is None or traits is None:
            return
        for name in self.catalog.names_below(parent):
            other, others_traits = machine_facts(cloud, name)
            if name == size or other is None or others_traits is None:
                continue
            is_managed = machine.name != size
            if not keeps(machine, other, any_architecture=is_managed) or not traits.may_be_replaced_by(others_traits):
                continue
            price = self.catalog.find(PriceKey(f"{parent}/{name}", key.region), resource_type)
            if not isinstance(price, PriceNotFound) and len(price.tiers) == 1:
                yield _Offer(other, name, price.tiers[0].unit_price)


def keeps(machine: MachineType, other: MachineType, *, any_architecture: bool = False) -> bool:
    """Whether another machine has what this one has: vCPUs, memory, architecture and GPUs.

    Of the node of a managed database or cache, which runs nothing of the user's, the architecture does not matter.
    """
    return (
        machine.vcpus <= other.vcpus <= machine.vcpus * _LARGER_THAN_ANY_CHEAPER
        and machine.memory_gib <= other.memory_gib <= machine.memory_gib * _LARGER_THAN_ANY_CHEAPER
        and (any_architecture or other.architecture == machine.architecture)
        and other.gpu == machine.gpu
        and other.gpus >= machine.gpus
    )


def _is_machine(line: PricedComponent) -> bool:
    parts = line.component.price.path.split("/")
    return (
        parts[-2] in _BY_THE_HOUR
        and line.component.unit == "hours"
        and machine_facts(parts[0], parts[-1])[0] is not None
    )
