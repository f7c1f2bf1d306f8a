"""One resource from its bill to its entry in the estimate: lines, prices, cost, range. Amounts are rounded here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tollbar.adjust.uncertainty import p90_of
from tollbar.adjust.unit_cost import UnitCost, unit_cost
from tollbar.catalog.pricing import NOTHING, Cost, PricedComponent, price_component
from tollbar.component import Unpriced, least_certain
from tollbar.errors import InputError
from tollbar.estimate import (
    AlternativeType,
    BreakdownLine,
    CostEstimate,
    Costs,
    EstimatedResource,
    PriceOrigin,
    SourceLocation,
    UnitCostEstimate,
    UnpricedLine,
)
from tollbar.money import round_amount
from tollbar.resource_traits import declared_size, resource_traits
from tollbar.resources.registry import Bill, bill, resource_type
from tollbar.units import unit
from tollbar.usage import NotANumberError, Usage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tollbar.adjust.alternatives import Alternative
    from tollbar.adjust.committed_costs import CommittedCost
    from tollbar.catalog.lookup import Catalog
    from tollbar.component import Basis
    from tollbar.estimate import Confidence, CostBasis, LlmCalls, MachineLearning, Traits
    from tollbar.resource import Inventory, Resource
    from tollbar.resources.registry import ResourceType
    from tollbar.settings import Settings


@dataclass(slots=True)
class PricedResource:
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
    alternatives: tuple[Alternative, ...] = ()
    unit_cost: UnitCost | None = None
    traits: Traits | None = None
    llm: LlmCalls | None = None
    ml: MachineLearning | None = None

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


def price_resource(
    resource: Resource, inventory: Inventory, project: str, settings: Settings, catalog: Catalog
) -> PricedResource:
    """Return a resource with its lines priced; ``project`` stands before its address.

    Raises:
        InputError: A usage file gives text where a number is counted, or a share that is none.
        CatalogError: The catalogue contradicts an estimator.
    """
    estimator = resource_type(resource)
    usage, traits = usage_of(resource, estimator, settings), None
    try:
        billed = bill(resource, usage, inventory)
        if estimator is not None and resource.missing is None and resource.action != "delete":
            traits = resource_traits(resource, estimator, billed, usage, inventory)
    except NotANumberError as wrong:
        location = settings.usage.location_of(resource.address, resource.type, wrong.key) if settings.usage else None
        raise InputError(f"{wrong.key} must be {wrong.expected}, not {wrong.shown}", location=location) from None
    entry = PricedResource(resource, project, billed, estimator, traits=traits)
    entry.unpriced.extend(entry.bill.unpriced)
    for component in entry.bill.components:
        line = price_component(component, catalog, resource.type)
        if isinstance(line, Unpriced):
            entry.unpriced.append(line)
        else:
            entry.lines.append(line)
    if estimator is not None and estimator.production is not None and entry.cost is not None:
        production = estimator.production(resource, usage)
        entry.unit_cost = unit_cost(entry.cost.expected, production, catalog)
    if estimator is not None and resource.cloud == "llm":
        _add_model_facts(entry, estimator, settings, catalog)
    return entry


def _add_model_facts(entry: PricedResource, estimator: ResourceType, settings: Settings, catalog: Catalog) -> None:
    """Give an entry what rules ask of the calls of a language model, or of a model of one's own."""
    usage = usage_of(entry.resource, estimator, settings)
    if estimator.llm_calls is not None:
        from tollbar.adjust.llm_costs import llm_calls  # noqa: PLC0415 -- only where a model is called

        cost = entry.cost.expected if entry.cost is not None and not entry.unpriced else None
        entry.llm = llm_calls(estimator.llm_calls(entry.resource, usage), cost, settings.other_models, catalog)
    if estimator.machine_learning is not None:
        entry.ml = estimator.machine_learning(entry.resource, usage)


def usage_of(resource: Resource, estimator: ResourceType | None, settings: Settings) -> Usage:
    """Return what is told, was seen before and is assumed of the use of a resource."""
    if estimator is None:
        return Usage()
    told: dict[str, Any] = {"given": resource.usage}
    if settings.usage is not None:
        told["given"] = {**resource.usage, **settings.usage.for_resource(resource.address, resource.type)}
        told["given_elsewhere"] = settings.usage.for_resource
    if settings.history is not None:
        told["past"] = settings.history.of(resource.address)
        told["past_elsewhere"] = settings.history.of
    return Usage(
        keys=estimator.usage_key_by_name,
        assumptions=settings.assumptions,
        hours_per_month=settings.hours_per_month,
        on=settings.day,
        size=settings.usage_size,
        **told,
    )


def estimated_resource(entry: PricedResource, settings: Settings) -> EstimatedResource:
    """Return the entry of a priced resource in the estimate, amounts rounded."""
    resource, cost = entry.resource, entry.cost
    return EstimatedResource(
        name=resource.name,
        address=entry.address,
        type=resource.type,
        cloud=resource.cloud,
        category=entry.estimator.category if entry.estimator else "other",
        region=resource.region,
        environment=settings.environment_of(resource.tags),
        tags=dict(resource.tags),
        instance_type=declared_size(resource, entry.estimator) if entry.estimator else None,
        action=resource.action,
        location=_source_location(resource),
        free=entry.bill.is_free,
        monthly_cost=round_amount(cost.expected) if cost else None,
        costs=_costs(entry, cost) if cost and not entry.bill.is_free else None,
        cost_estimate=_cost_estimate(entry, cost) if cost and not entry.bill.is_free else None,
        breakdown=tuple(_breakdown_line(line) for line in entry.lines),
        unpriced=tuple(UnpricedLine(reason=line.reason, detail=line.detail) for line in entry.unpriced),
        unit_cost=_unit_cost(entry.unit_cost),
        traits=entry.traits,
        llm=entry.llm,
        ml=entry.ml,
        alternatives=tuple(_alternative(cheaper, cost) for cheaper in entry.alternatives) if cost else (),
    )


def _source_location(resource: Resource) -> SourceLocation | None:
    if resource.location is None:
        return None
    return SourceLocation(file=resource.location.file, line=resource.location.line)


def first_tag(resource: Resource, names: Iterable[str]) -> str | None:
    """Return the value of the first of some tags that a resource has, None where it has none."""
    return next((resource.tags[name] for name in names if resource.tags.get(name)), None)


def _breakdown_line(line: PricedComponent) -> BreakdownLine:
    component, price = line.component, line.price
    shown = unit(component.unit)
    quantity = component.quantity.expected
    is_range = line.cost is not None and line.cost.low != line.cost.high
    return BreakdownLine(
        name=component.name,
        part=component.part,
        quantity=quantity / shown.per if quantity is not None else None,
        unit=shown.display,
        unit_price=line.unit_price * shown.per,
        monthly_cost=round_amount(line.cost.expected) if line.cost is not None else None,
        min=round_amount(line.cost.low) if line.cost is not None and is_range else None,
        max=round_amount(line.cost.high) if line.cost is not None and is_range else None,
        basis=component.quantity.basis,
        confidence=_confidence(component.quantity.basis, is_borrowed=price.trust == "borrowed"),
        price=PriceOrigin(
            source=price.source,
            as_of=price.as_of,
            trust=price.trust,
            region=price.key.region if price.trust == "borrowed" else None,
        ),
    )


def _unit_cost(figures: UnitCost | None) -> UnitCostEstimate | None:
    if figures is None:
        return None
    return UnitCostEstimate(
        unit=figures.unit,
        quantity=round_amount(figures.quantity),
        cost=round_amount(figures.cost),
        compared_with=figures.compared_with,
        compared_cost=round_amount(figures.compared_cost) if figures.compared_cost is not None else None,
        break_even=round_amount(figures.break_even) if figures.break_even is not None else None,
    )


def _alternative(cheaper: Alternative, cost: Cost) -> AlternativeType:
    machine = cheaper.machine
    return AlternativeType(
        instance_type=cheaper.size,
        vcpus=machine.vcpus,
        memory_gib=machine.memory_gib,
        gpu=machine.gpu or None,
        gpus=machine.gpus if machine.gpu else None,
        monthly_cost=round_amount(cost.expected - cheaper.saving),
        saving=round_amount(cheaper.saving),
    )


def _costs(entry: PricedResource, cost: Cost) -> Costs | None:
    if entry.committed is None:
        return None
    return Costs(
        list=round_amount(cost.expected),
        committed=round_amount(entry.committed.committed),
        effective=round_amount(entry.committed.effective(cost.expected)),
    )


_CONFIDENCE: dict[Basis, Confidence] = {"fixed": "high", "usage": "medium", "history": "medium", "assumed": "low"}


def _confidence(basis: Basis, *, is_borrowed: bool) -> Confidence:
    return "low" if is_borrowed else _CONFIDENCE[basis]


def _cost_estimate(entry: PricedResource, cost: Cost) -> CostEstimate:
    known = [line for line in entry.lines if line.cost is not None]
    basis = least_certain(line.component.quantity.basis for line in known)
    is_borrowed = any(line.price.trust == "borrowed" for line in known)
    cost_basis: CostBasis = "list_price" if basis == "fixed" else basis
    return CostEstimate(
        min=round_amount(cost.low),
        expected=round_amount(cost.expected),
        p90=round_amount(p90_of(cost)),
        max=round_amount(cost.high),
        basis=cost_basis,
        confidence=_confidence(basis, is_borrowed=is_borrowed),
    )
