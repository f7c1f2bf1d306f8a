"""From declared resources to the Estimate: components, prices, commitments, ranges, sums."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar import __version__
from tollbar.adjust.committed_costs import Adjusted, CommittedCost, PricedLines, adjust
from tollbar.adjust.uncertainty import p90_of, spread_of_sum
from tollbar.catalog.pricing import NOTHING, Cost, PricedComponent, price_component
from tollbar.component import Unpriced
from tollbar.errors import InputError
from tollbar.estimate import (
    BreakdownLine,
    CommitmentUse,
    CostBasis,
    CostEstimate,
    Costs,
    Deployment,
    Estimate,
    EstimatedResource,
    Meta,
    PriceOrigin,
    Prices,
    Source,
    SourceLocation,
    TotalCosts,
    Totals,
    UnpricedLine,
    coverage_of,
)
from tollbar.money import HOURS_PER_MONTH, round_amount
from tollbar.resources.registry import Bill, bill, resource_type
from tollbar.units import unit
from tollbar.usage import NotANumberError, Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tollbar.adjust.commitment_file import AnyCommitment
    from tollbar.catalog.lookup import Catalog
    from tollbar.estimate import Confidence
    from tollbar.inputs.interface import Declaration
    from tollbar.inputs.usage_file import UsageFile
    from tollbar.resource import Inventory, Resource
    from tollbar.resources.registry import ResourceType


@dataclass(frozen=True, slots=True)
class Settings:
    """What an estimate depends on besides the declared resources.

    ``now`` is RFC 3339. ``environment_tags`` are the tags that name a resource's environment, the
    first that is set wins; a resource without any belongs to the deployment's environment.
    """

    now: str
    deployment: Deployment
    usage: UsageFile | None = None
    assumptions: bool = True
    hours_per_month: Decimal = HOURS_PER_MONTH
    stale_after_days: int = 30
    environment_tags: tuple[str, ...] = ("environment", "Environment", "env", "Env")
    team_tags: tuple[str, ...] = ("team", "Team", "owner", "Owner")
    commitments: tuple[AnyCommitment, ...] | None = None

    @property
    def day(self) -> date:
        """The day of the estimate."""
        return date.fromisoformat(self.now[:10])


@dataclass(slots=True)
class _PricedResource:
    """A resource with its priced lines, on its way into the estimate.

    ``project`` stands before the address where several projects are estimated together. ``committed`` is
    what commitments make of the cost, None where none were given.
    """

    resource: Resource
    project: str
    bill: Bill
    estimator: ResourceType | None
    lines: list[PricedComponent] = field(default_factory=list)
    unpriced: list[Unpriced] = field(default_factory=list)
    committed: CommittedCost | None = None

    @property
    def address(self) -> str:
        """The address in the estimate."""
        return f"{self.project}{self.resource.address}"

    @property
    def cost(self) -> Cost | None:
        """The sum of the known lines; None where there is none."""
        known = [line.cost for line in self.lines if line.cost is not None]
        if known:
            return sum(known, NOTHING)
        is_certain_zero = self.bill.is_free or (not self.lines and not self.unpriced)
        return NOTHING if is_certain_zero else None


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


def compare(after: Estimate, before: Estimate) -> Estimate:
    """Return ``after`` with the costs before, the resources that go away, and the change of the total."""
    earlier = {resource.address: resource for resource in before.resources if resource.action != "delete"}
    resources = [_with_previous(resource, earlier.pop(resource.address, None)) for resource in after.resources]
    resources += [_deleted(resource) for resource in earlier.values()]
    previous = sum((r.previous_monthly_cost or Decimal(0) for r in resources), Decimal(0))
    delta = sum((r.delta or Decimal(0) for r in resources), Decimal(0))
    changes: dict[str, object] = {"previous": round_amount(previous), "delta": round_amount(delta)}
    if after.totals.costs is not None and before.totals.costs is not None:
        changes["costs"] = _costs_compared(after.totals.costs, resources)
    totals = after.totals.model_copy(update=changes)
    return after.model_copy(update={"resources": tuple(resources), "totals": totals})


def _costs_compared(costs: TotalCosts, resources: Sequence[EstimatedResource]) -> TotalCosts:
    previous = sum((r.previous_effective_cost or Decimal(0) for r in resources), Decimal(0))
    delta = sum((r.effective_delta or Decimal(0) for r in resources), Decimal(0))
    return costs.model_copy(
        update={"effective_previous": round_amount(previous), "effective_delta": round_amount(delta)}
    )


def _estimate(
    inventories: Sequence[Inventory],
    declarations: Sequence[Declaration],
    settings: Settings,
    catalog: Catalog,
    warn: Callable[[str], None] = _unheard,
) -> Estimate:
    sources = [declaration.source for declaration in declarations]
    priced = [
        _price(resource, inventory, f"{source.path}:" if len(sources) > 1 else "", settings, catalog)
        for source, inventory in zip(sources, inventories, strict=True)
        for resource in inventory
    ]
    adjusted = _adjust(priced, settings, catalog)
    for warning in adjusted.warnings if adjusted else ():
        warn(f"commitment {warning.id}: {warning.message}")
    resources = tuple(_estimated_resource(entry, settings) for entry in priced)
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


def _oldest_price(priced: Iterable[_PricedResource]) -> str | None:
    """Return the date of the oldest list price in use, None where there is none; the user's own do not count."""
    prices = (line.price for entry in priced for line in entry.lines)
    return min((price.as_of for price in prices if price.trust != "own"), default=None)


def _price(
    resource: Resource, inventory: Inventory, project: str, settings: Settings, catalog: Catalog
) -> _PricedResource:
    estimator = resource_type(resource)
    try:
        billed = bill(resource, _usage_of(resource, estimator, settings), inventory)
    except NotANumberError as wrong:
        location = settings.usage.location_of(resource.address, resource.type, wrong.key) if settings.usage else None
        raise InputError(f"{wrong.key} must be a number, not {wrong.value!r}", location=location) from None
    entry = _PricedResource(resource, project, billed, estimator)
    entry.unpriced.extend(entry.bill.unpriced)
    for component in entry.bill.components:
        line = price_component(component, catalog, resource.type)
        if isinstance(line, Unpriced):
            entry.unpriced.append(line)
        else:
            entry.lines.append(line)
    return entry


def _usage_of(resource: Resource, estimator: ResourceType | None, settings: Settings) -> Usage:
    given: Mapping[str, Any] = {}
    if settings.usage is not None and estimator is not None:
        given = settings.usage.for_resource(resource.address, resource.type)
    keys = estimator.usage_key_by_name if estimator is not None else {}
    if settings.usage is None:
        return Usage(given, keys, settings.assumptions, settings.hours_per_month, settings.day)
    return Usage(given, keys, settings.assumptions, settings.hours_per_month, settings.day, settings.usage.for_resource)


def _adjust(priced: Sequence[_PricedResource], settings: Settings, catalog: Catalog) -> Adjusted | None:
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


def _estimated_resource(entry: _PricedResource, settings: Settings) -> EstimatedResource:
    resource, cost = entry.resource, entry.cost
    return EstimatedResource(
        name=resource.name,
        address=entry.address,
        type=resource.type,
        cloud=resource.cloud,
        category=entry.estimator.category if entry.estimator else "other",
        region=resource.region,
        environment=_first_tag(resource, settings.environment_tags) or settings.deployment.environment,
        tags=dict(resource.tags),
        instance_type=_instance_type(entry),
        action=resource.action,
        location=_source_location(resource),
        free=entry.bill.is_free,
        monthly_cost=round_amount(cost.expected) if cost else None,
        costs=_costs(entry, cost) if cost and not entry.bill.is_free else None,
        cost_estimate=_cost_estimate(entry, cost) if cost and not entry.bill.is_free else None,
        breakdown=tuple(_breakdown_line(line) for line in entry.lines),
        unpriced=tuple(UnpricedLine(reason=line.reason, detail=line.detail) for line in entry.unpriced),
    )


def _instance_type(entry: _PricedResource) -> str | None:
    if entry.estimator is None or entry.estimator.size_attribute is None:
        return None
    attribute = entry.estimator.size_attribute
    attributes = entry.resource.attributes
    return None if attributes.is_unknown(attribute) else attributes.text(attribute)


def _source_location(resource: Resource) -> SourceLocation | None:
    if resource.location is None:
        return None
    return SourceLocation(file=resource.location.file, line=resource.location.line)


def _first_tag(resource: Resource, names: Iterable[str]) -> str | None:
    return next((resource.tags[name] for name in names if resource.tags.get(name)), None)


def _breakdown_line(line: PricedComponent) -> BreakdownLine:
    component, price = line.component, line.price
    shown = unit(component.unit)
    quantity = component.quantity.expected
    return BreakdownLine(
        name=component.name,
        part=component.part,
        quantity=quantity / shown.per if quantity is not None else None,
        unit=shown.display,
        unit_price=line.unit_price * shown.per,
        monthly_cost=round_amount(line.cost.expected) if line.cost is not None else None,
        basis=component.quantity.basis,
        price=PriceOrigin(
            source=price.source,
            as_of=price.as_of,
            trust=price.trust,
            region=price.key.region if price.trust == "borrowed" else None,
        ),
    )


def _costs(entry: _PricedResource, cost: Cost) -> Costs | None:
    if entry.committed is None:
        return None
    return Costs(
        list=round_amount(cost.expected),
        committed=round_amount(entry.committed.committed),
        effective=round_amount(entry.committed.effective(cost.expected)),
    )


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


_CONFIDENCE: dict[CostBasis, Confidence] = {"list_price": "high", "usage": "medium", "assumed": "low"}


def _cost_estimate(entry: _PricedResource, cost: Cost) -> CostEstimate:
    bases = {line.component.quantity.basis for line in entry.lines if line.cost is not None}
    basis: CostBasis = "assumed" if "assumed" in bases else "usage" if "usage" in bases else "list_price"
    is_borrowed = any(line.price.trust == "borrowed" for line in entry.lines if line.cost is not None)
    return CostEstimate(
        min=round_amount(cost.low),
        expected=round_amount(cost.expected),
        p90=round_amount(p90_of(cost)),
        max=round_amount(cost.high),
        basis=basis,
        confidence="low" if is_borrowed else _CONFIDENCE[basis],
    )


def _totals(priced: Sequence[_PricedResource], settings: Settings) -> Totals:
    costs = [(entry.resource, entry.cost) for entry in priced if not entry.bill.is_free]
    known = [(resource, cost) for resource, cost in costs if cost is not None]
    spread = spread_of_sum([cost for _, cost in known])
    by_cloud: dict[str, Decimal] = defaultdict(Decimal)
    by_team: dict[str, Decimal] = defaultdict(Decimal)
    for resource, cost in known:
        by_cloud[resource.cloud] += cost.expected
        if team := _first_tag(resource, settings.team_tags) or settings.deployment.team:
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


def _total_costs(priced: Sequence[_PricedResource], list_cost: Decimal) -> TotalCosts:
    committed = sum((entry.committed for entry in priced if entry.committed is not None), CommittedCost())
    return TotalCosts(
        list=round_amount(list_cost),
        committed=round_amount(committed.committed),
        effective=round_amount(committed.effective(list_cost)),
    )


def _rounded(amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {name: round_amount(amount) for name, amount in sorted(amounts.items())}


def _with_previous(resource: EstimatedResource, earlier: EstimatedResource | None) -> EstimatedResource:
    if earlier is None:
        action = resource.action if resource.action in {"replace", "update"} else "create"
        previous = {"previous_effective_cost": Decimal(0)} if resource.costs is not None else {}
        return resource.model_copy(update={"previous_monthly_cost": Decimal(0), "action": action, **previous})
    changes = _previous(earlier)
    if resource.action == "create":
        same = (resource.breakdown, resource.tags, resource.instance_type) == (
            earlier.breakdown,
            earlier.tags,
            earlier.instance_type,
        )
        changes["action"] = "no-op" if same else "update"
    return resource.model_copy(update=changes)


def _previous(earlier: EstimatedResource) -> dict[str, object]:
    """Return the costs before; what was only partly priced is not known."""
    if earlier.unpriced:
        return {"previous_monthly_cost": None, "previous_effective_cost": None}
    effective = earlier.costs.effective if earlier.costs is not None else None
    return {"previous_monthly_cost": earlier.monthly_cost, "previous_effective_cost": effective}


def _deleted(resource: EstimatedResource) -> EstimatedResource:
    nothing = Decimal(0)
    return resource.model_copy(
        update={
            **_previous(resource),
            "action": "delete",
            "monthly_cost": nothing,
            "costs": Costs(list=nothing, committed=nothing, effective=nothing) if resource.costs is not None else None,
            "cost_estimate": None,
            "breakdown": (),
            "unpriced": (),
        }
    )
