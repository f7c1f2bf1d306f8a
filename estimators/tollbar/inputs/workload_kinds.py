"""The kinds of application workloads: what each may say, and the resource that prices it.

Adding a kind is adding a class with a literal ``kind``, the type of its resource, and what of its fields are attributes
and what is use.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple, Self

from pydantic import AliasChoices, BeforeValidator, Field, model_validator

from tollbar.model_name import library_provider
from tollbar.yaml_model import Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Cloud


class Range(NamedTuple):
    """A monthly amount as a range."""

    low: Decimal
    expected: Decimal
    high: Decimal


def _amount(value: object) -> object:
    """Return a range where one is written, anything else as it is."""
    if not isinstance(value, Mapping):
        return value
    unknown = [name for name in value if name not in Range._fields]
    if unknown or "expected" not in value:
        raise ValueError("a range is {low, expected, high}, of which low and high may be left out")
    ends = [value.get(name, value["expected"]) for name in Range._fields]
    if not all(isinstance(end, int | Decimal) and not isinstance(end, bool) and end >= 0 for end in ends):
        raise ValueError("the ends of a range are numbers of 0 or more")
    if ends != sorted(ends):
        raise ValueError("a range must go up: low <= expected <= high")
    return Range(*map(Decimal, ends))


def _checked(value: object) -> object:
    if isinstance(value, Range):
        return value
    if not isinstance(value, int | Decimal) or isinstance(value, bool) or value < 0:
        raise ValueError("expected a number of 0 or more, or a range {low, expected, high}")
    return Decimal(value)


Amount = Annotated[Any, BeforeValidator(_checked), BeforeValidator(_amount)]
"""A number of 0 or more, or a range ``{low, expected, high}``."""
Share = Annotated[Decimal, Field(ge=0, le=1)]


class Workload(Section):
    """What every workload may say. ``attributes`` and ``usage_of`` give its resource what an estimator reads."""

    resource_type: ClassVar[str]
    cloud_of_kind: ClassVar[Cloud] = "aws"

    name: str = Field(min_length=1)
    kind: str
    region: str | None = None
    tags: dict[str, str] = Field(default_factory=dict)
    task_type: str | None = None

    @property
    def declared_type(self) -> str:
        """The resource type that prices it."""
        return self.resource_type

    @property
    def resource_cloud(self) -> Cloud:
        """The cloud of that type."""
        return self.cloud_of_kind

    def attributes(self) -> dict[str, Any]:
        """Return the attributes of its resource."""
        return {}

    def use(self) -> dict[str, Any]:
        """Return its use by usage key; what is not told is left out."""
        return {}


class LambdaWorkload(Workload):
    """A function on AWS Lambda; the keys are those of estimator scripts that people have."""

    resource_type = "aws_lambda_function"

    kind: Literal["lambda"]
    memory_mb: int = Field(ge=128, le=10240)
    duration_ms: Amount = Field(validation_alias=AliasChoices("duration_ms", "estimated_duration_ms"))
    invocations: Amount = Field(validation_alias=AliasChoices("invocations", "estimated_invocations"))
    architecture: Literal["x86_64", "arm64"] = "x86_64"

    def attributes(self) -> dict[str, Any]:
        """Return memory and architecture."""
        return {"memory_size": self.memory_mb, "architectures": [self.architecture]}

    def use(self) -> dict[str, Any]:
        """Return invocations and their duration."""
        return {"monthly_requests": self.invocations, "request_duration_ms": self.duration_ms}


class ApiGatewayWorkload(Workload):
    """An API on Amazon API Gateway: HTTP, REST or WebSocket."""

    resource_type = "aws_apigatewayv2_api"

    kind: Literal["api_gateway"]
    api: Literal["http", "rest", "websocket"] = "http"
    requests: Amount = Field(validation_alias=AliasChoices("requests", "estimated_requests"))
    request_size_kb: Amount | None = None

    @property
    def declared_type(self) -> str:
        """REST APIs have a type of their own."""
        return "aws_api_gateway_rest_api" if self.api == "rest" else self.resource_type

    def attributes(self) -> dict[str, Any]:
        """Return the protocol, which REST APIs do not name."""
        return {} if self.api == "rest" else {"protocol_type": self.api.upper()}

    def use(self) -> dict[str, Any]:
        """Return requests, or messages where the API is a WebSocket's."""
        if self.api == "websocket":
            return {"monthly_messages": self.requests, "message_size_kb": self.request_size_kb}
        return {"monthly_requests": self.requests} | (
            {"request_size_kb": self.request_size_kb} if self.api == "http" else {}
        )


class QueueWorkload(Workload):
    """A queue on Amazon SQS."""

    resource_type = "aws_sqs_queue"

    kind: Literal["queue"]
    requests: Amount = Field(validation_alias=AliasChoices("requests", "estimated_requests"))
    request_size_kb: Amount | None = None
    fifo: bool = False

    def attributes(self) -> dict[str, Any]:
        """Return whether it keeps the order."""
        return {"fifo_queue": self.fifo}

    def use(self) -> dict[str, Any]:
        """Return requests and their size."""
        return {"monthly_requests": self.requests, "request_size_kb": self.request_size_kb}


class StorageWorkload(Workload):
    """Objects in a bucket of AWS or Google Cloud, in the standard class."""

    kind: Literal["storage"]
    cloud: Literal["aws", "gcp"] = "aws"
    storage_gb: Amount
    writes: Amount | None = None
    reads: Amount | None = None

    @property
    def declared_type(self) -> str:
        """The bucket of the cloud."""
        return {"aws": "aws_s3_bucket", "gcp": "google_storage_bucket"}[self.cloud]

    @property
    def resource_cloud(self) -> Cloud:
        """The cloud that is named."""
        return self.cloud

    def use(self) -> dict[str, Any]:
        """Return what is stored, written and read."""
        if self.cloud == "gcp":
            return {
                "storage_gb": self.storage_gb,
                "monthly_class_a_operations": self.writes,
                "monthly_class_b_operations": self.reads,
            }
        return {
            "standard.storage_gb": self.storage_gb,
            "standard.monthly_tier_1_requests": self.writes,
            "standard.monthly_tier_2_requests": self.reads,
        }


class ProvisionedThroughput(Section):
    """Units of a model's throughput that are paid by the hour: Azure's PTU, Bedrock's model units, Vertex AI's GSU."""

    units: Amount
    deployment: Literal["regional", "data_zone", "global"] = "regional"
    commitment: Literal["no_commitment", "one_month", "six_months", "one_year"] = "no_commitment"
    tokens_per_minute: Annotated[Decimal, Field(gt=0)] | None = None


_ASKED_OF_CALLS = (
    "task_type",
    "tier",
    "max_output_tokens",
    "max_retries",
    "fallbacks",
    "repeated_share",
    "context_tokens",
    "context_used_share",
    "can_wait",
)
"""What changes no price of a call (but for retries and the limit of its output), and rules want to know."""
_USED_BY_CALLS = (
    "input_tokens",
    "output_tokens",
    "reasoning_tokens",
    "reasoning_share",
    "input_audio_tokens",
    "output_audio_tokens",
    "input_image_tokens",
    "output_image_tokens",
    "cached_share",
    "cache_write_share",
    "cache_write_1h_share",
    "batch_share",
    "fallback_share",
    "retry_share",
    "monthly_tokens",
    "input_share",
)
"""The use of a model, by usage keys of the same names."""
_CLOUD_OF = {"aws": "aws", "azure": "azure", "google": "gcp"}
"""In whose regions a provider sells units of throughput."""


class LlmWorkload(Workload):
    """A language model called by API: calls and the tokens of a call, or the tokens of a month.

    ``service_tier``, ``batch_share`` and the buckets of tokens decide the price; with ``provisioned`` its units do.
    """

    resource_type = "llm_api_call"
    cloud_of_kind = "llm"

    kind: Literal["llm"]
    model: str = Field(min_length=1)
    provider: str | None = None
    batch: bool = False
    batch_share: Share | None = None
    service_tier: Literal["standard", "flex", "priority"] | None = None
    calls_per_month: Amount | None = None
    input_tokens: Amount | None = None
    output_tokens: Amount | None = None
    reasoning_tokens: Amount | None = None
    reasoning_share: Share | None = None
    input_audio_tokens: Amount | None = None
    output_audio_tokens: Amount | None = None
    input_image_tokens: Amount | None = None
    output_image_tokens: Amount | None = None
    cached_share: Share | None = None
    cache_write_share: Share | None = None
    cache_write_1h_share: Share | None = None
    monthly_tokens: Amount | None = Field(
        default=None, validation_alias=AliasChoices("monthly_tokens", "estimated_tokens")
    )
    input_share: Share | None = None
    tier: Annotated[int, Field(ge=1, le=3)] | None = None
    max_output_tokens: Annotated[int, Field(ge=1)] | None = None
    max_retries: Annotated[int, Field(ge=0)] | None = None
    retry_share: Amount | None = None
    fallbacks: tuple[str, ...] | None = None
    fallback_share: Share | None = None
    provisioned: ProvisionedThroughput | None = None
    repeated_share: Share | None = None
    context_tokens: Annotated[Decimal, Field(ge=0)] | None = None
    context_used_share: Share | None = None
    can_wait: bool | None = None

    @model_validator(mode="after")
    def _says_how_often_it_may_retry(self) -> Self:
        if self.retry_share is not None and self.max_retries is None:
            raise ValueError("retry_share needs max_retries: how often a call may be repeated")
        highest = self.retry_share.high if isinstance(self.retry_share, Range) else self.retry_share
        if highest is not None and highest > 1:
            raise ValueError("retry_share is a share of the attempts, 0 to 1")
        return self

    @model_validator(mode="after")
    def _splits_no_more_than_there_is(self) -> Self:
        split = (self.cached_share, self.cache_write_share, self.cache_write_1h_share)
        if sum((share for share in split if share is not None), Decimal(0)) > 1:
            raise ValueError(
                "cached_share, cache_write_share and cache_write_1h_share are parts of the input: 1 at most"
            )
        if self.reasoning_share is not None and self.reasoning_tokens is not None:
            raise ValueError("tell reasoning_share (part of output_tokens) or reasoning_tokens (on top), not both")
        if self.batch and self.batch_share is not None:
            raise ValueError("tell batch or batch_share, not both")
        return self

    @model_validator(mode="after")
    def _says_where_calls_go(self) -> Self:
        if self.fallback_share is not None and not self.fallbacks:
            raise ValueError("fallback_share needs fallbacks: the models that such calls go to")
        if self.provisioned is not None and library_provider(self.provider or "") not in _CLOUD_OF:
            raise ValueError("provisioned needs its provider: azure.ai.openai, aws.bedrock or gcp.vertex_ai")
        return self

    @model_validator(mode="after")
    def _says_how_much(self) -> Self:
        if self.monthly_tokens is None and self.calls_per_month is None:
            raise ValueError("tell calls_per_month with input_tokens and output_tokens, or estimated_tokens a month")
        return self

    def attributes(self) -> dict[str, Any]:
        """Return model and provider, and what rules ask of the calls."""
        asked = {name: getattr(self, name) for name in _ASKED_OF_CALLS}
        told = {"model": self.model, "provider": self.provider, "batch": self.batch, "service_tier": self.service_tier}
        if self.provisioned is None:
            return {**told, **asked}
        units = {
            "cloud": _CLOUD_OF.get(library_provider(self.provider or "")),
            "provisioned_deployment": self.provisioned.deployment,
            "provisioned_commitment": self.provisioned.commitment,
            "provisioned_tokens_per_minute": self.provisioned.tokens_per_minute,
        }
        return {**told, **asked, **units}

    def use(self) -> dict[str, Any]:
        """Return calls and tokens, and how many units of throughput serve them."""
        used = {name: getattr(self, name) for name in _USED_BY_CALLS}
        units = None if self.provisioned is None else self.provisioned.units
        return {"monthly_calls": self.calls_per_month, **used, "provisioned_units": units}


class _ModelOfOnesOwn(Workload):
    """What is told of a model of one's own and the machines it runs on."""

    cloud_of_kind = "llm"

    cloud: Literal["aws", "azure", "gcp"] = "aws"
    instance_type: str | None = None
    gpu: str | None = None
    gpus: Decimal = Field(default=Decimal(1), gt=0)
    gpu_price: str | None = None
    spot: bool = False
    precision: Literal["fp32", "fp16", "bf16", "fp8", "int8", "int4"] | None = None
    accuracy: Share | None = None
    previous_accuracy: Share | None = None

    @model_validator(mode="after")
    def _names_a_machine(self) -> Self:
        if not (self.instance_type or self.gpu or self.gpu_price):
            raise ValueError("tell instance_type, gpu (with cloud), or gpu_price")
        return self

    def attributes(self) -> dict[str, Any]:
        """Return what runs on what."""
        names = ("cloud", "instance_type", "gpu", "gpus", "gpu_price", "spot")
        facts = ("task_type", "precision", "accuracy", "previous_accuracy")
        return {name: getattr(self, name) for name in (*names, *facts)}


class SelfHostedWorkload(_ModelOfOnesOwn):
    """A language model on machines of one's own."""

    resource_type = "llm_self_hosted"

    kind: Literal["self_hosted_llm"]
    model: str = Field(min_length=1)
    replicas: Amount = Decimal(1)
    tokens_per_second: Amount | None = None
    utilisation: Annotated[Decimal, Field(gt=0, le=1)] | None = None
    input_share: Share | None = None
    compare_with: str | None = None

    def attributes(self) -> dict[str, Any]:
        """Return what is hosted on what."""
        return {"model": self.model, **super().attributes(), "compare_with": self.compare_with}

    def use(self) -> dict[str, Any]:
        """Return replicas and what they serve."""
        return {
            "replicas": self.replicas,
            "tokens_per_second": self.tokens_per_second,
            "utilisation": self.utilisation,
            "input_share": self.input_share,
        }


class TrainingWorkload(_ModelOfOnesOwn):
    """Training of a model of one's own, as often as it is done in a month."""

    resource_type = "ml_training"

    kind: Literal["training"]
    hours_per_run: Amount
    runs_per_month: Amount
    instances: Annotated[int, Field(ge=1)] = 1
    drift: Share | None = None

    def attributes(self) -> dict[str, Any]:
        """Return what is trained on what, and how much accuracy it loses a month without."""
        return {**super().attributes(), "instances": self.instances, "drift": self.drift}

    def use(self) -> dict[str, Any]:
        """Return how often and how long it is trained."""
        return {"hours_per_run": self.hours_per_run, "runs_per_month": self.runs_per_month}


class ResourceWorkload(Workload):
    """Any resource type that Tollbar can price, by its Terraform name, with attributes and usage."""

    kind: Literal["resource"]
    type: str
    values: dict[str, Any] = Field(default_factory=dict, alias="attributes")
    told: dict[str, Any] = Field(default_factory=dict, alias="usage")

    @property
    def declared_type(self) -> str:
        """The type as it is named."""
        return self.type

    @property
    def resource_cloud(self) -> Cloud:
        """The cloud of the type's provider."""
        provider = self.type.partition("_")[0]
        clouds: dict[str, Cloud] = {"aws": "aws", "google": "gcp", "azurerm": "azure", "llm": "llm", "ml": "llm"}
        return clouds.get(provider, "other")

    def attributes(self) -> dict[str, Any]:
        """Return the attributes as they are."""
        return self.values

    def use(self) -> dict[str, Any]:
        """Return the use with dotted keys, as a usage file is read."""
        return dict(_flattened(self.told))


def _flattened(told: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in told.items():
        if isinstance(value, Mapping) and "expected" not in value:
            yield from _flattened(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


KINDS: Mapping[str, type[Workload]] = {
    "lambda": LambdaWorkload,
    "api_gateway": ApiGatewayWorkload,
    "queue": QueueWorkload,
    "storage": StorageWorkload,
    "llm": LlmWorkload,
    "self_hosted_llm": SelfHostedWorkload,
    "training": TrainingWorkload,
    "resource": ResourceWorkload,
}
