"""Names of models as code writes them: whose model it is, and its name without what leads to it.

Provider names are OpenTelemetry's ``gen_ai.provider.name`` where it has one. Prefixes are those of LiteLLM,
pydantic-ai, LangChain's ``init_chat_model``, DSPy, instructor and aisuite (their documentation, November 2026).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tollbar.inputs.llm_code.model_shape import is_model_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.inputs.llm_code.call_site import ModelOrigin

PREFIXES = {
    "openai": "openai", "openai-chat": "openai", "openai-responses": "openai", "text-completion-openai": "openai",
    "anthropic": "anthropic", "azure": "azure.ai.openai", "azure_openai": "azure.ai.openai",
    "azure_ai": "azure.ai.openai", "bedrock": "aws.bedrock", "bedrock_converse": "aws.bedrock", "aws": "aws.bedrock",
    "sagemaker": "aws.sagemaker", "vertex_ai": "gcp.vertex_ai", "vertex_ai_beta": "gcp.vertex_ai",
    "google-vertex": "gcp.vertex_ai", "google_vertexai": "gcp.vertex_ai", "google_anthropic_vertex": "gcp.vertex_ai",
    "gemini": "gcp.gemini", "google": "gcp.gemini", "google-gla": "gcp.gemini", "google_genai": "gcp.gemini",
    "groq": "groq", "mistral": "mistral_ai", "mistralai": "mistral_ai", "codestral": "mistral_ai", "cohere": "cohere",
    "cohere_chat": "cohere", "deepseek": "deepseek", "together": "together", "together_ai": "together",
    "fireworks": "fireworks", "fireworks_ai": "fireworks", "openrouter": "openrouter", "xai": "x-ai", "grok": "x-ai",
    "perplexity": "perplexity", "huggingface": "huggingface", "ollama": "ollama", "ollama_chat": "ollama",
    "hosted_vllm": "vllm", "vllm": "vllm",
}  # fmt: skip
DEPLOYMENTS = {"azure.ai.openai"}
"""Providers at which a model is called by the name of a deployment."""
_VERSION = re.compile(r"[a-z]?\d[\w.]*")
_MODEL_WORDS = frozenset({
    "mini", "nano", "turbo", "pro", "max", "preview", "latest", "chat", "codex", "audio", "realtime", "instruct", "oss",
    "image", "transcribe", "diarize", "tts", "deep", "research", "embedding", "small", "large", "medium", "ada",
    "vision", "opus", "sonnet", "haiku", "fast", "reasoning", "maverick", "scout", "plus", "e", "text", "english",
    "multilingual",
})  # fmt: skip
"""Words of which the names of models consist that Azure sells (its list of models, 2026-11): gpt-4o-eu is no such."""
UNKNOWN_SERVER = "the server at "
"""Begins what stands for a provider where a client is made for an address that is none of a known one's."""
_CLASSES = (
    ("Azure", "azure.ai.openai"), ("Bedrock", "aws.bedrock"), ("Vertex", "gcp.vertex_ai"), ("Google", "gcp.gemini"),
    ("Gemini", "gcp.gemini"), ("OpenRouter", "openrouter"), ("OpenAI", "openai"), ("Anthropic", "anthropic"),
    ("Mistral", "mistral_ai"), ("Cohere", "cohere"), ("Groq", "groq"), ("Together", "together"),
    ("DeepSeek", "deepseek"), ("Fireworks", "fireworks"), ("Perplexity", "perplexity"), ("XAI", "x-ai"),
    ("Ollama", "ollama"), ("HuggingFace", "huggingface"),
)  # fmt: skip
_PRICED_AS = {
    "aws.bedrock": "aws", "azure.ai.openai": "azure", "gcp.vertex_ai": "google", "gcp.gemini": "google",
    "mistral_ai": "mistral",
}  # fmt: skip
_PREFIX = re.compile(r"(?:litellm[/:])?([A-Za-z_-]+)[/:](.+)")
_ARN = re.compile(r"arn:aws[\w-]*:bedrock:[^:]*:\d*:(foundation-model|inference-profile)/(.+)")


class ModelName(NamedTuple):
    """A model and whose it is, each None where the name does not tell."""

    provider: str | None
    model: str | None


def plain_model(name: str, provider: str | None, *, has_prefix: bool) -> ModelName:
    """Return a model's own name; ``has_prefix`` where the library puts the provider before it."""
    name = name.strip()
    if name.startswith("arn:"):
        found = _ARN.match(name)
        return ModelName("aws.bedrock", found[2] if found else None)
    if has_prefix and (prefixed := _PREFIX.fullmatch(name)) and prefixed[1].lower() in PREFIXES:
        provider, name = PREFIXES[prefixed[1].lower()], prefixed[2]
        name = name.removeprefix("converse/").removeprefix("responses/")
    name = name.rpartition("/")[2] if name.startswith(("projects/", "publishers/", "models/")) else name
    return ModelName(provider, name or None)


def model_of_deployment(name: str, told: Mapping[str, str]) -> tuple[str | None, ModelOrigin]:
    """Return the model behind a deployment and how it was found: told by the settings, or the one it is called like.

    Azure's portal fills in the model's name where a model is deployed, so a name that is a model's is taken for it.
    """
    if name in told:
        return told[name], "configuration"
    words = name.lower().split("-")[1:]
    is_plain = is_model_name(name) and all(_VERSION.fullmatch(word) or word in _MODEL_WORDS for word in words)
    return (name, "deployment_name") if is_plain else (None, "unknown")


def unknown_deployment(name: str) -> str:
    """Return why a deployment has no model, in words for a report."""
    return f"{name} is the name of a deployment, which tells no model; code.deployments in tollbar.yml can"


def provider_of_class(name: str) -> str | None:
    """Return whose models a framework's class calls, by its name: ``AzureChatOpenAI``."""
    return next((provider for part, provider in _CLASSES if part in name), None)


def priced_as(provider: str | None) -> str | None:
    """Return the provider as the price tables call it."""
    return _PRICED_AS.get(provider, provider) if provider is not None else None
