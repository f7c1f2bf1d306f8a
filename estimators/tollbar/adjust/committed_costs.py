"""What the commitments of an organisation make of the costs of an estimate's resources."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tollbar.adjust.commitment_file import AnyCommitment
    from tollbar.adjust.commitments import CommitmentWarning, UsedCommitment
    from tollbar.adjust.machine_part import ComputeLine
    from tollbar.catalog.lookup import PriceLookup
    from tollbar.catalog.pricing import PricedComponent

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class PricedLines:
    """The priced lines of a resource, under its address."""

    address: str
    lines: Sequence[PricedComponent]


@dataclass(frozen=True, slots=True)
class CommittedCost:
    """What a resource costs with commitments, in USD a month, not rounded.

    ``committed`` is the share of what the commitments cost that it uses, ``saved`` the list price of what they
    cover: its effective cost is the list cost, less ``saved``, and ``committed``.
    """

    committed: Decimal = _NOTHING
    saved: Decimal = _NOTHING

    def effective(self, list_cost: Decimal) -> Decimal:
        """Return the effective cost of what has a list cost."""
        return list_cost - self.saved + self.committed

    def __add__(self, other: CommittedCost) -> CommittedCost:
        """Return the sum."""
        return CommittedCost(self.committed + other.committed, self.saved + other.saved)


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What the commitments make of each resource's cost, in the order of the resources, and how they are used."""

    costs: tuple[CommittedCost, ...]
    commitments: tuple[UsedCommitment, ...]
    warnings: tuple[CommitmentWarning, ...]


def adjust(
    resources: Sequence[PricedLines],
    commitments: Sequence[AnyCommitment],
    on: date,
    catalog: PriceLookup,
    hours_per_month: Decimal,
) -> Adjusted:
    """Return what the commitments that hold ``on`` a day make of the cost of resources at list price."""
    from tollbar.adjust.commitments import apply  # noqa: PLC0415 -- only who has commitments pays for it
    from tollbar.adjust.machine_part import compute_line  # noqa: PLC0415 -- as above

    owners: list[int] = []
    lines: list[ComputeLine] = []
    for number, resource in enumerate(resources):
        for priced in resource.lines:
            line = compute_line(resource.address, priced)
            if line is not None:
                owners.append(number)
                lines.append(line)
    applied = apply(commitments, lines, on, catalog, hours_per_month)
    costs = [CommittedCost()] * len(resources)
    for owner, covered in zip(owners, applied.lines, strict=True):
        if covered.effective_cost is not None and covered.line.list_cost is not None:
            saved = covered.line.list_cost + covered.committed_cost - covered.effective_cost
            costs[owner] += CommittedCost(covered.committed_cost, saved)
    return Adjusted(tuple(costs), applied.commitments, applied.warnings)
