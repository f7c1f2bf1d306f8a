"""Addresses at which models are called over HTTP: whose they are, what is called, and a model in the path.

Sources: the providers' API references (platform.openai.com, docs.anthropic.com, ai.google.dev, docs.aws.amazon.com
Bedrock, learn.microsoft.com Azure OpenAI, docs.mistral.ai, console.groq.com, docs.cohere.com, api-docs.deepseek.com,
openrouter.ai/docs, docs.together.ai, docs.fireworks.ai, docs.x.ai, docs.perplexity.ai), read 2026-11.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tollbar.inputs.llm_code.call_site import Operation

PROVIDERS_BY_HOST = {
    "api.openai.com": "openai",
    "api.anthropic.com": "anthropic",
    "generativelanguage.googleapis.com": "gcp.gemini",
    "aiplatform.googleapis.com": "gcp.vertex_ai",
    "openai.azure.com": "azure.ai.openai",
    "cognitiveservices.azure.com": "azure.ai.openai",
    "services.ai.azure.com": "azure.ai.openai",
    "api.mistral.ai": "mistral_ai",
    "api.groq.com": "groq",
    "api.cohere.com": "cohere",
    "api.cohere.ai": "cohere",
    "api.deepseek.com": "deepseek",
    "openrouter.ai": "openrouter",
    "api.together.xyz": "together",
    "api.together.ai": "together",
    "api.fireworks.ai": "fireworks",
    "api.x.ai": "x-ai",
    "api.perplexity.ai": "perplexity",
}
"""By the end of the host's name. Names are OpenTelemetry's gen_ai.provider.name where it has one."""
_BEDROCK = re.compile(r"bedrock-runtime[.-]")
_PATHS: tuple[tuple[str, Operation], ...] = (
    (r"/(chat/completions|completions|responses|messages|complete|api/chat|api/generate)/?$", "chat"),
    (r":(generateContent|streamGenerateContent|rawPredict|streamRawPredict|predict)$", "chat"),
    (r"/(invoke|converse|invoke-with-response-stream|converse-stream)/?$", "chat"),
    (r"/(v1|v2)/(chat|generate)/?$", "chat"),
    (r"/(embeddings|embed)/?$|:(embedContent|batchEmbedContents)$", "embeddings"),
    (r"/images/(generations|edits|variations)/?$", "image"),
    (r"/audio/(speech|transcriptions|translations)/?$", "audio"),
    (r"/rerank/?$", "rerank"),
    (r"/moderations/?$", "moderation"),
    (r"/batches/?$", "chat"),
)
_MODEL_IN_PATH = re.compile(r"/(?:models|model|deployments)/([^/:?]+(?::\d+)?)[:/]")


class Endpoint(NamedTuple):
    """What an address calls; ``model`` is one that stands in the path (Gemini, Bedrock, an Azure deployment)."""

    provider: str | None
    operation: Operation
    model: str | None
    is_batch: bool


def provider_of_host(address: str) -> str | None:
    """Return the provider whose host an address names, None where it is none that is known."""
    host = re.sub(r"^[a-z+]+://", "", address.lower()).partition("/")[0].partition(":")[0]
    if _BEDROCK.match(host):
        return "aws.bedrock"
    return next(
        (
            name
            for ending, name in PROVIDERS_BY_HOST.items()
            if f".{host}".endswith(f".{ending}") or host.endswith(f"-{ending}")
        ),
        None,
    )


def endpoint_of(address: str, unknown: str = "\0") -> Endpoint | None:
    """Return what an address calls, None where it calls no model; ``unknown`` marks the parts that are not known.

    An unknown host counts where the path is that of chat completions or messages: many servers speak OpenAI's or
    Anthropic's protocol.
    """
    path = "/" + re.sub(r"^[a-z+]+://", "", address).partition("/")[2].partition("?")[0]
    if address.startswith(unknown):
        path = address.removeprefix(unknown).partition("?")[0]
    provider = provider_of_host(address)
    operation = next((operation for pattern, operation in _PATHS if re.search(pattern, path)), None)
    if operation is None or (provider is None and not re.search(r"/(chat/completions|v1/messages)/?$", path)):
        return None
    model = _MODEL_IN_PATH.search(path)
    known = model[1] if model and unknown not in model[1] else None
    return Endpoint(provider, operation, known, is_batch=path.rstrip("/").endswith("/batches"))
