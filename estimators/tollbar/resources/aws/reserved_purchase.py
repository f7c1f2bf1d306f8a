"""Reserved databases and cache nodes, as the usage file tells of them.

A reservation is bought for a kind of machine, not declared in Terraform; so it is a matter of use.
Only the hourly part is a monthly cost: what is paid upfront is not billed monthly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from tollbar.usage import Usage

KEYS = (
    UsageKey("reserved_instance_term", "term of the reservation: 1_year or 3_year"),
    UsageKey("reserved_instance_payment_option", "no_upfront, partial_upfront or all_upfront"),
)


@dataclass(frozen=True, slots=True)
class Purchase:
    """How hours are bought: ``name`` as a person reads it, ``path`` as part of a price path."""

    name: str
    path: str

    @property
    def is_prepaid(self) -> bool:
        """Whether everything was paid upfront, so that no hour is billed."""
        return self.path.endswith("_all_upfront")


ON_DEMAND = Purchase("on-demand", "on_demand")


def purchase(usage: Usage) -> Purchase:
    """Return how the hours are bought; on demand unless the usage names a reservation.

    A term or payment option that the vendor does not sell stays in the path, so that the look-up
    misses and names it.
    """
    term = usage.text("reserved_instance_term")
    payment = usage.text("reserved_instance_payment_option")
    if term is None and payment is None:
        return ON_DEMAND
    years = (term or "unknown_term").replace("_year", "yr")
    return Purchase("reserved", f"reserved_{years}_{payment or 'unknown_payment'}")
