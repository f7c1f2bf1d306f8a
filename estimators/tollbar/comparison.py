"""Two estimates of one project, before and after a change, as one with previous costs and deltas."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.estimate import Costs, EstimatedResource
from tollbar.money import round_amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.estimate import Estimate, TotalCosts

_OF_OTHERS = {"action", "location", "costs", "previous_monthly_cost", "previous_effective_cost"}
"""Fields that do not tell what a resource is: where a commitment is applied depends on all the others."""
_OWN = tuple(name for name in EstimatedResource.model_fields if name not in _OF_OTHERS)


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


def _with_previous(resource: EstimatedResource, earlier: EstimatedResource | None) -> EstimatedResource:
    if earlier is None:
        action = resource.action if resource.action in {"replace", "update"} else "create"
        previous = {"previous_effective_cost": Decimal(0)} if resource.costs is not None else {}
        return resource.model_copy(update={"previous_monthly_cost": Decimal(0), "action": action, **previous})
    changes = _previous(earlier)
    if resource.action == "create":
        changes["action"] = "no-op" if _is_same(resource, earlier) else "update"
    return resource.model_copy(update=changes)


def _is_same(resource: EstimatedResource, earlier: EstimatedResource) -> bool:
    """Whether all that a rule may ask of a resource is as it was; the lines of a file may move."""
    return all(getattr(resource, name) == getattr(earlier, name) for name in _OWN)


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
            "traits": None,
        }
    )
