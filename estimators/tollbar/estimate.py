"""Estimate v1, the contract: what estimators produce is what policies read (the OPA input document).

Amounts are USD per month, Decimal here and JSON numbers with at most six decimals outside. What is
not known is absent, never 0: a resource of which nothing could be priced has no ``monthly_cost``
and says why under ``unpriced``.
"""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, ValidationError, WithJsonSchema

from tollbar.component import Basis  # noqa: TC001 -- pydantic reads the annotations at run time
from tollbar.errors import InputError
from tollbar.location import Location as FileLocation
from tollbar.price import Trust  # noqa: TC001 -- pydantic reads the annotations at run time
from tollbar.resource import Action, Cloud  # noqa: TC001 -- pydantic reads the annotations at run time

SCHEMA_VERSION = "1.0"

_number = WithJsonSchema({"type": "number"})
_as_float = PlainSerializer(float, return_type=float, when_used="json")
Amount = Annotated[Decimal, _as_float, _number]
"""USD per month, at most six decimals."""
Figure = Annotated[Decimal, _as_float, _number]
"""A quantity or a unit price, as exact as it is known."""

CostBasis = Literal["list_price", "usage", "history", "assumed"]
Confidence = Literal["high", "medium", "low"]


class Model(BaseModel):
    """Immutable, and closed: an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Model):
    """The file or directory an estimate was made from."""

    kind: str
    path: str


class Prices(Model):
    """The price snapshot that was used, and after how many days it counts as stale."""

    snapshot: str = Field(description="ISO date of the newest price taken from a vendor's own data")
    as_of: str = Field(
        pattern=r"^\d{4}-\d{2}-\d{2}$",
        description="ISO date of the oldest list price in use",
    )
    stale_after_days: int = 30


class Meta(Model):
    """How an estimate came about. ``now`` makes decisions replayable."""

    now: str = Field(description="RFC 3339")
    tollbar: str = Field(description="version that made the estimate")
    source: Source
    prices: Prices
    assumptions: bool = Field(description="whether default usage assumptions were applied")
    hours_per_month: Figure = Decimal(730)


class Deployment(Model):
    """What is being deployed, for whom."""

    name: str
    environment: str
    team: str | None = None
    project_id: str | None = None
    tags: dict[str, str] = Field(default_factory=dict)
    pull_request: str | None = None


class PriceOrigin(Model):
    """Where a unit price comes from, how old it is and how far to trust it (own, A, B, C, borrowed)."""

    source: str
    as_of: str
    trust: Trust
    region: str | None = Field(default=None, description="the region whose price it is, where that is another")


class BreakdownLine(Model):
    """One line of a bill. Without ``quantity`` and ``monthly_cost`` it depends on use nobody told.

    ``min`` and ``max`` stand where its monthly cost is a range.
    """

    name: str
    part: str | None = None
    quantity: Figure | None = None
    unit: str
    unit_price: Figure
    monthly_cost: Amount | None = None
    min: Amount | None = None
    max: Amount | None = None
    basis: Basis
    confidence: Confidence | None = None
    price: PriceOrigin


class UnpricedLine(Model):
    """Something of a resource that has no price, and why."""

    reason: Literal["unsupported_type", "price_not_found", "unknown_until_apply"]
    detail: str


class Costs(Model):
    """A cost at list price and with commitments, after the FinOps Open Cost and Usage Specification (FOCUS).

    ``list`` (ListCost) is at list price. ``committed`` is the share of what the commitments cost that is
    used here, ``effective`` (EffectiveCost) that share and, at list price, whatever they do not cover.
    """

    list: Amount
    committed: Amount
    effective: Amount


class TotalCosts(Costs):
    """Sums over all resources; what of the commitments goes unused is in none of them.

    ``effective_previous`` and ``effective_delta`` stand only where both states were estimated with commitments.
    """

    effective_previous: Amount | None = None
    effective_delta: Amount | None = None


class CommitmentUse(Model):
    """A commitment that was applied: what it costs a month, and how much of that the estimate uses."""

    id: str
    kind: str
    monthly_cost: Amount
    used_percent: Figure
    unused_cost: Amount


class CostEstimate(Model):
    """The monthly cost as a range: ``p90`` is not exceeded in nine cases of ten."""

    min: Amount
    expected: Amount
    p90: Amount
    max: Amount
    basis: CostBasis
    confidence: Confidence


class SourceLocation(Model):
    """Where a resource is declared."""

    file: str
    line: int | None = None


class UnitCostEstimate(Model):
    """What one unit comes to of what a resource produces, such as 1K tokens, beside what it costs elsewhere.

    ``quantity`` is how many units a month it produces. ``break_even`` is from how many units a month on the
    resource costs less than ``compared_with``; absent where it cannot produce that many.
    """

    unit: str
    quantity: Figure
    cost: Figure
    compared_with: str | None = None
    compared_cost: Figure | None = None
    break_even: Figure | None = None


class AlternativeType(Model):
    """A cheaper machine type with as many vCPUs, as much memory, the same architecture and GPUs, and no older.

    ``monthly_cost`` is the resource's list cost with it, ``saving`` how much less that is.
    """

    instance_type: str
    vcpus: Figure
    memory_gib: Figure
    gpu: str | None = None
    gpus: Figure | None = None
    monthly_cost: Amount
    saving: Amount


class EstimatedResource(Model):
    """One resource with its cost."""

    name: str
    address: str
    type: str
    cloud: Cloud
    category: str
    region: str | None = None
    environment: str
    tags: dict[str, str] = Field(default_factory=dict)
    instance_type: str | None = None
    action: Action = "create"
    location: SourceLocation | None = None
    free: bool = Field(default=False, description="a type that costs nothing by itself")
    monthly_cost: Amount | None = None
    previous_monthly_cost: Amount | None = None
    costs: Costs | None = Field(default=None, description="only where commitments were given; list is monthly_cost")
    previous_effective_cost: Amount | None = None
    cost_estimate: CostEstimate | None = None
    breakdown: tuple[BreakdownLine, ...] = ()
    unpriced: tuple[UnpricedLine, ...] = ()
    unit_cost: UnitCostEstimate | None = None
    alternatives: tuple[AlternativeType, ...] = Field(default=(), description="cheaper machine types, cheapest first")

    @property
    def delta(self) -> Decimal | None:
        """The change of the monthly cost, None where either side is not fully known."""
        if self.monthly_cost is None or self.previous_monthly_cost is None or self.unpriced:
            return None
        return self.monthly_cost - self.previous_monthly_cost

    @property
    def effective_delta(self) -> Decimal | None:
        """The change of the effective cost, None where either side is not fully known."""
        if self.costs is None or self.previous_effective_cost is None or self.unpriced:
            return None
        return self.costs.effective - self.previous_effective_cost

    @property
    def depends_on_usage(self) -> bool:
        """Whether all of the cost depends on use that nobody told."""
        return self.monthly_cost is None and not self.unpriced


class Totals(Model):
    """Sums over all resources. ``previous`` and ``delta`` stand only where there is a state to compare with.

    ``delta`` adds up the resources of which both sides are known, so that a missing price never
    looks like a saving.
    """

    monthly_cost: Amount
    min: Amount
    p90: Amount
    max: Amount
    previous: Amount | None = None
    delta: Amount | None = None
    costs: TotalCosts | None = Field(default=None, description="only where commitments were given")
    by_cloud: dict[str, Amount] = Field(default_factory=dict)
    by_team: dict[str, Amount] = Field(default_factory=dict)


class Coverage(Model):
    """How many resources have a price, cost nothing, could not be priced, or depend on use nobody told."""

    priced: int
    free: int
    unpriced: int
    usage_dependent: int = 0
    unsupported_types: dict[str, int] = Field(default_factory=dict)


class Estimate(Model):
    """The whole estimate."""

    schema_version: Literal["1.0"] = "1.0"
    currency: Literal["USD"] = "USD"
    meta: Meta
    deployment: Deployment
    resources: tuple[EstimatedResource, ...]
    totals: Totals
    coverage: Coverage
    commitments: tuple[CommitmentUse, ...] | None = Field(
        default=None, description="the commitments that were applied, where any were given"
    )

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the document as JSON; what is not known is left out."""
        return self.model_dump_json(exclude_none=True, indent=indent)

    @classmethod
    def from_json(cls, text: str, path: str) -> Self:
        """Return the estimate written in ``text``; ``path`` names it in errors.

        Raises:
            InputError: Not an estimate, or one of a schema version this release does not know.
        """
        document = _json_object(text, path)
        version = document.get("schema_version")
        if version != SCHEMA_VERSION:
            raise InputError(
                f"{path} is an estimate of schema version {version!r}; this release reads {SCHEMA_VERSION!r}",
                hint="Make it anew with this release, or use the release that made it.",
            )
        try:
            return cls.model_validate(document)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise InputError(f"{path} is not an estimate: {field}: {first['msg']}") from None


def coverage_of(resources: tuple[EstimatedResource, ...]) -> Coverage:
    """Return how many of the resources that will exist are priced, free, unpriced or usage-dependent."""
    present = [resource for resource in resources if resource.action != "delete"]
    free = sum(1 for resource in present if resource.free)
    unpriced = sum(1 for resource in present if resource.unpriced)
    usage_dependent = sum(1 for resource in present if not resource.free and resource.depends_on_usage)
    unsupported = Counter(
        resource.type for resource in present if any(line.reason == "unsupported_type" for line in resource.unpriced)
    )
    return Coverage(
        priced=len(present) - free - unpriced - usage_dependent,
        free=free,
        unpriced=unpriced,
        usage_dependent=usage_dependent,
        unsupported_types=dict(sorted(unsupported.items())),
    )


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the document: absent instead of null, closed objects."""
    schema: dict[str, Any] = _without_null(Estimate.model_json_schema(mode="serialization"))
    required = [name for name, field in Estimate.model_fields.items() if field.default is not None]
    return {"$schema": "http://json-schema.org/draft-07/schema#", **schema, "required": required}


def _without_null(node: Any) -> Any:  # noqa: ANN401 -- any part of a JSON Schema
    if isinstance(node, list):
        return [_without_null(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: _without_null(value)
        for key, value in node.items()
        if not (key == "default" and value is None) and not (key == "title" and isinstance(value, str))
    }
    options = kept.get("anyOf")
    if isinstance(options, list):
        real = [option for option in options if option != {"type": "null"}]
        if len(real) == 1:
            del kept["anyOf"]
            kept = {**real[0], **kept}
    return kept


def _json_object(text: str, path: str) -> dict[str, Any]:
    try:
        document = json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", location=FileLocation(path, error.lineno)) from None
    if not isinstance(document, dict):
        raise InputError(f"{path} is not an estimate: expected a JSON object")
    return document
