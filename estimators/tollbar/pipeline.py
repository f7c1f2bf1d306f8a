"""From declared resources to the Estimate: components, prices, commitments, ranges, sums."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar import __version__
from tollbar.adjust.alternatives import Alternatives
from tollbar.adjust.committed_costs import Adjusted, CommittedCost, PricedLines, adjust
from tollbar.adjust.uncertainty import spread_of_sum
from tollbar.comparison import compare
from tollbar.estimate import CommitmentUse, Estimate, Meta, Prices, Source, TotalCosts, Totals, coverage_of
from tollbar.money import round_amount
from tollbar.priced_resource import PricedResource, estimated_resource, first_tag, price_resource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tollbar.catalog.lookup import Catalog
    from tollbar.inputs.interface import Declaration
    from tollbar.resource import Inventory
    from tollbar.settings import Settings


def _unheard(_: str) -> None:
    """Say nothing."""


def estimate(
    declarations: Sequence[Declaration], settings: Settings, catalog: Catalog, warn: Callable[[str], None] = _unheard
) -> Estimate:
    """Return the estimate of declared projects, compared with their state before where one is told.

    ``warn`` hears what is to be known of the commitments.

    Raises:
        InputError: A usage file gives text where a number is counted.
        CatalogError: The catalogue contradicts an estimator.
    """
    after = _estimate([declaration.after for declaration in declarations], declarations, settings, catalog, warn)
    if not any(len(declaration.before) for declaration in declarations):
        return after
    return compare(after, _estimate([d.before for d in declarations], declarations, settings, catalog))


def projects(declarations: Sequence[Declaration]) -> list[str]:
    """Return what stands before the addresses of each project: nothing where there is only one.

    Workloads belong to the project they are told beside: their addresses are their own.
    """
    kinds = [declaration.source.kind for declaration in declarations]
    several = sum(kind != "workloads" for kind in kinds) > 1
    return [
        f"{declaration.source.path}:" if several and declaration.source.kind != "workloads" else ""
        for declaration in declarations
    ]


def _estimate(
    inventories: Sequence[Inventory],
    declarations: Sequence[Declaration],
    settings: Settings,
    catalog: Catalog,
    warn: Callable[[str], None] = _unheard,
) -> Estimate:
    sources = [declaration.source for declaration in declarations]
    priced = [
        price_resource(resource, inventory, project, settings, catalog)
        for project, inventory in zip(projects(declarations), inventories, strict=True)
        for resource in inventory
    ]
    alternatives = Alternatives(catalog)
    for entry in priced:
        entry.alternatives = alternatives.of(entry.lines, entry.resource.type)
    adjusted = _adjust(priced, settings, catalog)
    for warning in adjusted.warnings if adjusted else ():
        warn(f"commitment {warning.id}: {warning.message}")
    resources = tuple(estimated_resource(entry, settings) for entry in priced)
    return Estimate(
        meta=Meta(
            now=settings.now,
            tollbar=__version__,
            source=Source(kind=sources[0].kind, path=", ".join(source.path for source in sources)),
            prices=Prices(
                snapshot=catalog.as_of,
                as_of=_oldest_price(priced) or catalog.as_of,
                stale_after_days=settings.stale_after_days,
            ),
            assumptions=settings.assumptions,
            hours_per_month=settings.hours_per_month,
        ),
        deployment=settings.deployment,
        resources=resources,
        totals=_totals(priced, settings),
        coverage=coverage_of(resources),
        commitments=_commitments(adjusted) if adjusted else None,
    )


def _oldest_price(priced: Iterable[PricedResource]) -> str | None:
    """Return the date of the oldest list price in use, None where there is none; the user's own do not count."""
    prices = (line.price for entry in priced for line in entry.lines)
    return min((price.as_of for price in prices if price.trust != "own"), default=None)


def _adjust(priced: Sequence[PricedResource], settings: Settings, catalog: Catalog) -> Adjusted | None:
    """Give each resource its cost with the commitments; return how they are used, None where none were given."""
    if settings.commitments is None:
        return None
    adjusted = adjust(
        [PricedLines(entry.address, entry.lines) for entry in priced],
        settings.commitments,
        settings.day,
        catalog,
        settings.hours_per_month,
    )
    for entry, committed in zip(priced, adjusted.costs, strict=True):
        entry.committed = committed
    return adjusted


def _commitments(adjusted: Adjusted) -> tuple[CommitmentUse, ...]:
    return tuple(
        CommitmentUse(
            id=used.id,
            kind=used.kind,
            monthly_cost=round_amount(used.monthly_cost),
            used_percent=round_amount(used.used_percent),
            unused_cost=round_amount(used.unused_cost),
        )
        for used in adjusted.commitments
    )


def _totals(priced: Sequence[PricedResource], settings: Settings) -> Totals:
    costs = [(entry.resource, entry.cost) for entry in priced if not entry.bill.is_free]
    known = [(resource, cost) for resource, cost in costs if cost is not None]
    spread = spread_of_sum([cost for _, cost in known])
    by_cloud: dict[str, Decimal] = defaultdict(Decimal)
    by_team: dict[str, Decimal] = defaultdict(Decimal)
    for resource, cost in known:
        by_cloud[resource.cloud] += cost.expected
        if team := first_tag(resource, settings.team_tags) or settings.deployment.team:
            by_team[team] += cost.expected
    monthly_cost = sum((cost.expected for _, cost in known), Decimal(0))
    return Totals(
        monthly_cost=round_amount(monthly_cost),
        min=round_amount(spread.low),
        p90=round_amount(spread.p90),
        max=round_amount(spread.high),
        by_cloud=_rounded(by_cloud),
        by_team=_rounded(by_team),
        costs=_total_costs(priced, monthly_cost) if settings.commitments is not None else None,
    )


def _total_costs(priced: Sequence[PricedResource], list_cost: Decimal) -> TotalCosts:
    committed = sum((entry.committed for entry in priced if entry.committed is not None), CommittedCost())
    return TotalCosts(
        list=round_amount(list_cost),
        committed=round_amount(committed.committed),
        effective=round_amount(committed.effective(list_cost)),
    )


def _rounded(amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {name: round_amount(amount) for name, amount in sorted(amounts.items())}
