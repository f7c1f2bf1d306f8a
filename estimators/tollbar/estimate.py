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

_TIME = r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"

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
    labels: tuple[str, ...] = Field(default=(), description="labels of the pull request")


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


class Traits(Model):
    """What rules ask of a resource besides its cost, in the same words for every cloud; what is not known is absent."""

    vcpus: Figure | None = Field(default=None, description="vCPUs of one machine or pod")
    memory_gib: Figure | None = Field(default=None, description="memory of one machine or pod")
    gpu: str | None = Field(default=None, description="model of its GPUs")
    gpus: Figure | None = Field(default=None, description="how many GPUs it has; a half shared one is 0.5")
    previous_generation: bool | None = Field(
        default=None, description="the vendor names the machine type as of a previous generation"
    )
    purchase_option: Literal["on_demand", "spot"] | None = Field(
        default=None, description="how its machines are bought; absent for a mixture and for reservations"
    )
    fault_tolerant: bool | None = Field(
        default=None, description="its work can be interrupted: it says so, or what it is tells (batch jobs, queues)"
    )
    redundancy: Literal["zone", "multi_zone", "multi_region"] | None = Field(
        default=None, description="over how much it is spread"
    )
    storage_class: str | None = Field(default=None, description="as the vendor calls it: gp2, STANDARD, Premium_LRS")
    storage_gib: Figure | None = Field(default=None, description="how much of that class, all its machines together")
    lifecycle_rules: bool | None = Field(
        default=None, description="whether old data moves to a colder class or expires"
    )
    retention_days: int | None = Field(default=None, description="how long it keeps logs or backups; 0: for ever")
    attached: bool | None = Field(default=None, description="false: nothing in the project uses it")
    replicas_min: Figure | None = Field(default=None, description="the fewest machines, nodes or pods")
    replicas_max: Figure | None = Field(default=None, description="the bound of its autoscaling")
    autoscaling: bool | None = Field(default=None, description="whether their number changes by itself")
    hours_per_month: Figure | None = Field(default=None, description="for how many hours a month one of it runs")
    cpu_utilization: Figure | None = Field(default=None, description="average share of its CPU in use, 0 to 1")
    memory_utilization: Figure | None = Field(default=None, description="average share of its memory in use, 0 to 1")


class ModelCost(Model):
    """What the same calls cost a month with another language model."""

    model: str
    provider: str | None = None
    monthly_cost: Amount


class CallTokens(Model):
    """The expected tokens of one call, in buckets that never overlap; text unless the name says otherwise."""

    input_uncached: Figure = Decimal(0)
    cache_read: Figure = Decimal(0)
    cache_write_5m: Figure = Decimal(0)
    cache_write_1h: Figure = Decimal(0)
    output_visible: Figure = Decimal(0)
    reasoning: Figure = Decimal(0)
    input_audio: Figure = Decimal(0)
    output_audio: Figure = Decimal(0)
    input_image: Figure = Decimal(0)
    output_image: Figure = Decimal(0)


class CallPrice(Model):
    """Where the price of a model's tokens comes from."""

    known: bool = Field(description="whether all that the calls use has a price")
    source: str | None = Field(default=None, description="of the price of input; absent where it has none")
    as_of: str | None = Field(default=None, description="ISO date of that price")


class LlmCalls(Model):
    """Calls of a language model by API, in the terms of the OpenTelemetry GenAI conventions where they have one.

    Tokens are those of one call. ``cost_per_call`` is USD, expected use, retries left out.
    """

    provider: str | None = Field(default=None, description="gen_ai.provider.name: openai, aws.bedrock, gcp.gemini, …")
    model: str
    operation: Literal["chat", "embeddings"] | None = Field(default=None, description="gen_ai.operation.name")
    usage: CallTokens | None = Field(default=None, description="tokens of one call by bucket, where they are told")
    price: CallPrice | None = None
    task_type: str | None = None
    tier: int | None = Field(default=None, description="the tier of model access it asks for, 1 to 3")
    calls_per_month: Figure | None = None
    input_tokens: Figure | None = None
    output_tokens: Figure | None = None
    max_output_tokens: int | None = None
    context_tokens: Figure | None = Field(default=None, description="input that is history or retrieved documents")
    context_used_share: Figure | None = Field(default=None, description="share of that context that the answer uses")
    repeated_share: Figure | None = Field(default=None, description="share of the input that is the same in every call")
    cached_share: Figure | None = Field(default=None, description="share of the input read from the provider's cache")
    batch: bool | None = None
    batch_share: Figure | None = Field(default=None, description="share of the calls that run as a batch")
    service_tier: str | None = Field(default=None, description="flex or priority, where it is not the standard one")
    can_wait: bool | None = Field(default=None, description="whether nobody waits for the answer")
    observed: bool | None = Field(
        default=None, description="true of calls in a usage log: retries and the most output are those that were seen"
    )
    max_retries: int | None = None
    fallbacks: tuple[str, ...] = Field(default=(), description="models that are tried in this order after this one")
    fallback_share: Figure | None = Field(default=None, description="share of the calls that go on to a fallback")
    provisioned_units: Figure | None = Field(
        default=None, description="units of throughput bought by the hour, instead of tokens"
    )
    provisioned_served_share: Figure | None = Field(
        default=None, description="share of the tokens that those units can serve, where a unit's throughput is told"
    )
    attempts_per_call: Figure | None = Field(default=None, description="expected, with retries: 1 where there are none")
    cost_per_call: Figure | None = None
    batch_monthly_cost: Amount | None = Field(
        default=None, description="the same calls as a batch; absent where they are one or none is sold"
    )
    cache_monthly_cost: Amount | None = Field(
        default=None,
        description="the same calls with all that repeats read from the provider's cache, where it has one",
    )
    unused_context_cost: Amount | None = Field(
        default=None, description="what the context costs a month that the answers do not use"
    )
    other_models: tuple[ModelCost, ...] = Field(
        default=(), description="the same calls with other models, cheapest first"
    )


class MachineLearning(Model):
    """Training and serving of a model of one's own."""

    task_type: str | None = None
    precision: str | None = Field(default=None, description="fp32, fp16, bf16, int8 or int4")
    accuracy: Figure | None = Field(default=None, description="share of right answers on its own test set, 0 to 1")
    previous_accuracy: Figure | None = Field(default=None, description="that of the model it replaces")
    runs_per_month: Figure | None = Field(default=None, description="how often it is trained anew")
    drift: Figure | None = Field(default=None, description="how much accuracy is lost a month without training, 0 to 1")


class PastDeployment(Model):
    """A change that was decided before, from the ledger."""

    time: str = Field(pattern=_TIME, description="RFC 3339")
    name: str
    environment: str
    team: str | None = None
    project_id: str | None = None
    pull_request: str | None = None
    monthly_cost: Amount
    delta: Amount | None = None
    outcome: Literal["allow", "warn", "needs_approval", "deny"]
    approved_at: str | None = Field(
        default=None, pattern=_TIME, description="RFC 3339, where it was not to pass and was approved later"
    )


class Spend(Model):
    """What was spent in a calendar month up to a day, by a team or for a project."""

    team: str | None = None
    project_id: str | None = None
    month: str = Field(pattern=r"^\d{4}-\d{2}$")
    as_of: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="ISO date of the last day that is counted")
    amount: Amount


class History(Model):
    """What came before this change: what rules on budgets and trends look at."""

    deployments: tuple[PastDeployment, ...] = ()
    spend: tuple[Spend, ...] = ()


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
    traits: Traits | None = None
    llm: LlmCalls | None = None
    ml: MachineLearning | None = None
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
    history: History | None = None

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
