"""Names of language models: as people, SDKs, gateways and clouds write them, taken apart.

One model has many names: ``gpt-4o``, ``openai/gpt-4o`` (LiteLLM, OpenRouter), ``azure/gpt-4o``,
``us.anthropic.claude-sonnet-4-5-20250929-v1:0`` or an ARN (Amazon Bedrock), ``publishers/google/models/gemini-2.5-pro``
(Vertex AI), ``models/gemini-2.5-pro`` (Gemini API). What is read here is syntax: whether such a model exists, and what
it costs, is for the catalogue to say.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MAKERS = (
    (("gpt-", "chatgpt-", "o1", "o3", "o4", "text-embedding-", "computer-use", "codex"), "openai"),
    (("claude",), "anthropic"),
    (("gemini", "gemma"), "google"),
    (("mistral", "mixtral", "codestral", "ministral", "magistral", "devstral", "pixtral"), "mistral"),
    (("deepseek",), "deepseek"),
    (("command",), "cohere"),
    (("grok",), "x-ai"),
    (("sonar",), "perplexity"),
    (("voyage-",), "voyageai"),
)
"""Whose models are called how, by the beginning of the name; those sold by others only need their provider told."""
_PROVIDERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "anthropic": ("anthropic", ()),
    "aws.bedrock": ("aws", ("bedrock", "amazon.bedrock", "amazon-bedrock", "bedrock_converse", "aws_bedrock")),
    "azure.ai.openai": ("azure", ("azure_openai", "az.ai.openai", "azure-openai", "azure_text")),
    "azure.ai.inference": ("azure", ("azure_ai", "az.ai.inference")),
    "cohere": ("cohere", ("cohere_chat",)),
    "deepseek": ("deepseek", ()),
    "gcp.gemini": ("google", ("gemini", "google_ai_studio", "google-ai-studio", "google_genai", "gcp.gen_ai")),
    "gcp.vertex_ai": (
        "google",
        ("vertex_ai", "vertexai", "vertex", "google_vertexai", "google-vertex", "vertex_ai_beta"),
    ),
    "groq": ("groq", ()),
    "mistral_ai": ("mistral", ("mistralai", "mistral-ai")),
    "moonshot_ai": ("moonshotai", ("moonshot",)),
    "openai": ("openai", ("text-completion-openai",)),
    "perplexity": ("perplexity", ()),
    "x_ai": ("x-ai", ("xai",)),
    "openrouter": ("openrouter", ()),
    "together": ("together", ("together_ai", "together-ai", "togetherai")),
    "fireworks": ("fireworks", ("fireworks_ai", "fireworks-ai")),
    "cerebras": ("cerebras", ()),
    "databricks": ("databricks", ()),
    "voyageai": ("voyageai", ("voyage",)),
}
"""Providers by their name in the OpenTelemetry GenAI conventions (gen_ai.provider.name, semantic-conventions-genai,
2026), or by their own where those have none: the identifier in genai-prices, and what gateways and SDKs call them.
The first that shares an identifier is meant by it: ``azure``, ``google``."""
_BY_ALIAS = {
    alias: name for name, (library, aliases) in reversed(_PROVIDERS.items()) for alias in (library, name, *aliases)
}
_CLOUDS = frozenset({"aws", "azure", "google"})
"""Who sells models of other makers under the makers' names."""
_GATEWAYS = frozenset({"litellm", "openai"})
"""Providers that a client tells where a gateway stands behind its address: the name then says whose the model is."""
_BEDROCK_ID = re.compile(
    r"(?:(?:us|eu|apac|global|jp|au|ca|sa|us-gov)\.)?"
    r"(?:ai21|amazon|anthropic|cohere|deepseek|google|luma|meta|minimax|mistral|moonshot|moonshotai|nvidia|openai|qwen"
    r"|stability|twelvelabs|writer|zai)\.[a-z]"
)
"""An identifier of Amazon Bedrock: a maker before a dot, and a region's prefix where it is an inference profile."""
_BEDROCK_ARN = re.compile(r"arn:aws[\w-]*:bedrock:[^:]*:[^:]*:([\w-]+)/(.+)")
_NAMED_BY_ARN = frozenset({"foundation-model", "inference-profile"})
"""The kinds of ARN that hold a model's identifier; others (application profiles, provisioned models) hold a number."""
_VERTEX_PATH = re.compile(r"(?:projects/[^/]+/locations/[^/]+/)?publishers/[^/]+/models/([^/:]+)")
_BEDROCK_VERSION = re.compile(r"(?:-v\d+)?:\d+(?::\w+)?$|-v\d+$")
_EMBEDDING = re.compile(r"embed|(?:^|/)voyage-(?!.*rerank)")
_LITELLM_MODES = frozenset(
    {"converse", "converse_like", "invoke", "global", "global-standard", "responses", "chat", "us-east-1", "us-west-2"}
)
"""What LiteLLM writes between provider and model and that changes no price: other regions have prices of their own."""


class ModelName(NamedTuple):
    """A model as a provider sells it. ``provider`` is its OpenTelemetry name, None where nothing tells."""

    model: str
    provider: str | None


def maker_of(model: str) -> str | None:
    """Return who makes a model, as genai-prices calls them; None where the name does not tell."""
    return next((maker for beginnings, maker in _MAKERS if model.lower().startswith(beginnings)), None)


def provider_name(told: str) -> str:
    """Return the OpenTelemetry name of a provider, whatever a log or an SDK calls it; one not known as it is told."""
    name = told.strip().lower()
    return _BY_ALIAS.get(name, name)


def library_provider(name: str) -> str:
    """Return the identifier in genai-prices of a provider; one not known as it is told."""
    provider = provider_name(name)
    return _PROVIDERS[provider][0] if provider in _PROVIDERS else provider


def is_bedrock_id(model: str) -> bool:
    """Whether a name is an identifier or an ARN of Amazon Bedrock."""
    name = model.strip().lower()
    return name.startswith("arn:aws") or _BEDROCK_ID.match(name) is not None


def is_embedding(model: str) -> bool:
    """Whether a name is that of a model that turns text into numbers, and answers no tokens."""
    return _EMBEDDING.search(model.lower()) is not None


def model_names(model: str, provider: str | None = None) -> tuple[ModelName, ...]:
    """Return what a name can mean, the likeliest first: look them up in this order, and take none if none is known.

    ``provider`` is who sold it, as a log or a user tells it. Nothing is returned for a name that holds no model: the
    ARN of a provisioned model or an application's profile, an endpoint's number.
    """
    name = model.strip().lower()
    told = provider_name(provider) if provider and provider.strip() else None
    if name.startswith("arn:"):
        return _of_arn(name)
    if vertex := _VERTEX_PATH.fullmatch(name):
        return (ModelName(vertex[1], told if told and library_provider(told) == "google" else "gcp.vertex_ai"),)
    if name.startswith(("projects/", "endpoints/", "tunedmodels/")):
        return ()
    name = name.removeprefix("models/")
    names = [*_as_told(name, told), *_by_prefix(name, told)]
    return tuple(dict.fromkeys(names))


def _of_arn(name: str) -> tuple[ModelName, ...]:
    arn = _BEDROCK_ARN.fullmatch(name)
    if arn is None or arn[1] not in _NAMED_BY_ARN or not _BEDROCK_ID.match(arn[2]):
        return ()
    return tuple(_bedrock(arn[2]))


def _bedrock(name: str) -> list[ModelName]:
    """Return a Bedrock identifier as it is, and without the suffix of its version."""
    bare = _BEDROCK_VERSION.sub("", name)
    return [ModelName(name, "aws.bedrock"), ModelName(bare, "aws.bedrock")]


def _as_told(name: str, told: str | None) -> list[ModelName]:
    """Return a name as it stands: sold by who was told, else by who the name itself tells."""
    if told == "aws.bedrock":
        return _bedrock(name)
    if told is not None and told != "litellm":
        return [*(ModelName(form, told) for form in (name, _tuned(name)) if form)]
    if _BEDROCK_ID.match(name):
        return _bedrock(name)
    if "/" in name:
        return []
    if "@" in name:  # a version as Vertex AI writes it
        return [ModelName(name, "gcp.vertex_ai")]
    maker = maker_of(name.removeprefix("ft:"))
    return [ModelName(form, provider_name(maker) if maker else None) for form in (name, _tuned(name)) if form]


def _by_prefix(name: str, told: str | None) -> list[ModelName]:
    """Return what a name before a slash says: whose the model is, or of whom a cloud bought it."""
    first, slash, rest = name.partition("/")
    if not slash or not rest:
        return []
    if first not in _BY_ALIAS:
        return [ModelName(name, None)] if told in {None, "litellm"} else []
    sold_by = provider_name(first)
    rest = _without_modes(rest)
    if told is None or told in _GATEWAYS or library_provider(told) == library_provider(sold_by):
        seller = told if told and library_provider(told) == library_provider(sold_by) else sold_by
        return _bedrock(rest) if seller == "aws.bedrock" else _as_told(rest.removeprefix("models/"), seller)
    return [ModelName(rest, told)] if library_provider(told) in _CLOUDS else []


def _without_modes(rest: str) -> str:
    while "/" in rest:
        first, _, following = rest.partition("/")
        if first not in _LITELLM_MODES:
            break
        rest = following
    return rest


def _tuned(name: str) -> str | None:
    """Return the model that a fine-tuned one (``ft:gpt-4o-mini:org::id``) was made of, marked as tuned."""
    return ":".join(name.split(":")[:2]) if name.startswith("ft:") and name.count(":") > 1 else None
