"""Models deployed on Azure: what the price list calls a model of a name and version, and what is counted of it.

Source: the price list's meters of Azure OpenAI and Foundry models, 2026-08-11; versions by "Foundry Models sold
directly by Azure". A model that is not here is looked up under its own name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["chat", "audio_chat", "realtime", "transcribe", "speech_tokens", "image", "embedding", "other"]
"""What is counted. audio_chat and realtime tell text from audio; other: dall-e, tts, whisper, sora, base models."""

_VERSIONS: dict[str, dict[str, str]] = {
    "gpt-35-turbo": {
        "0301": "gpt-3.5-turbo-4k",
        "0613": "gpt-3.5-turbo-4k",
        "1106": "gpt-3.5-turbo-16k-1106",
        "": "gpt-3.5-turbo",
    },
    "gpt-35-turbo-16k": {"": "gpt-3.5-turbo-16k"},
    "gpt-35-turbo-instruct": {"": "gpt-3.5-turbo-instruct"},
    "gpt-4": {
        "turbo-2024-04-09": "gpt-4-turbo",
        "1106-preview": "gpt-4-turbo-128k",
        "0125-preview": "gpt-4-turbo-128k",
        "vision-preview": "gpt-4-turbo-vision-128k",
        "": "gpt-4",
    },
    "gpt-4.5-preview": {"": "gpt-4.5-0227"},
    "gpt-4o": {"2024-05-13": "gpt-4o-0513", "2024-08-06": "gpt-4o-0806", "": "gpt-4o-1120"},
    "gpt-4o-audio-preview": {"2025-06-03": "gpt-4o-audio-0603", "": "gpt-4o-audio-1217"},
    "gpt-4o-mini-audio-preview": {"": "gpt-4o-mini-audio-1217"},
    "gpt-4o-realtime-preview": {
        "2024-10-01": "gpt-4o-realtime-preview",
        "2025-06-03": "gpt-4o-realtime-0603",
        "": "gpt-4o-realtime-1217",
    },
    "gpt-4o-mini-realtime-preview": {"": "gpt-4o-mini-realtime-1217"},
    "gpt-4o-transcribe-diarize": {"": "gpt-4o-transcribe-d"},
    "gpt-4o-mini-transcribe": {"2025-12-15": "gpt-4o-mini-transcribe-1215"},
    "gpt-4o-mini-tts": {"2025-12-15": "gpt-4o-mini-tts-1215"},
    "gpt-audio": {"": "gpt-audio-0828"},
    "gpt-audio-mini": {"2025-12-15": "gpt-audio-mini-1215"},
    "gpt-realtime": {"": "gpt-realtime-0828"},
    "gpt-realtime-mini": {"2025-12-15": "gpt-realtime-mini-1215"},
    "gpt-5.2-chat": {"2026-02-10": "gpt-5.2-chat-0210"},
    "computer-use-preview": {"": "computer-use"},
    "o3-deep-research": {"": "o3-deep-research-0626"},
    "tts": {"": "speech-to-speech"},
    "tts-hd": {"": "speech-to-speech-hd"},
    "whisper": {"": "speech-to-whisper"},
}
"""The price list's name by model and version; "" is any other version, or none."""

_PRICED_AS_NAMED = frozenset({
    "codex-mini", "gpt-4-32k", "gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano", "gpt-4o-mini", "gpt-4o-transcribe",
    "gpt-5", "gpt-5-chat", "gpt-5-codex", "gpt-5-mini", "gpt-5-nano", "gpt-5-pro", "gpt-5.1", "gpt-5.1-chat",
    "gpt-5.1-codex", "gpt-5.1-codex-max", "gpt-5.1-codex-mini", "gpt-5.2", "gpt-5.2-codex", "gpt-5.2-pro",
    "gpt-5.3-chat", "gpt-5.3-codex", "gpt-5.4", "gpt-5.4-mini", "gpt-5.4-nano", "gpt-5.4-pro", "gpt-5.5",
    "gpt-5.6-luna", "gpt-5.6-sol", "gpt-5.6-terra", "gpt-audio-1.5", "gpt-image-1", "gpt-image-1-mini",
    "gpt-image-1.5", "gpt-image-2", "gpt-oss-120b", "gpt-oss-20b", "gpt-realtime-1.5", "gpt-realtime-2",
    "gpt-realtime-2.1", "gpt-realtime-2.1-mini", "o1", "o1-mini", "o1-preview", "o1-pro", "o3", "o3-mini", "o3-pro",
    "o4-mini", "sora-2", "sora-2-pro", "dall-e-2", "dall-e-3", "babbage-002", "davinci-002",
    "text-embedding-3-large", "text-embedding-3-small", "text-embedding-ada-002",
})  # fmt: skip
_NO_CACHE_PRICE = re.compile(r"gpt-3\.5|gpt-4(?:-|$)|gpt-4o-0513|.*-pro$|computer-use|gpt-oss")
_FOUNDRY_CACHE_PRICE = re.compile(r"deepseek-v4|grok-4\.3|kimi-k2\.[5-9](?!-thinking)")
_SHORT_CONTEXT = re.compile(r"gpt-5\.(?:5|6-\w+)")
"""Models whose price list tells short from long requests and has no price without either word."""

_FINE_TUNED = {
    "gpt-3.5-turbo": "gpt-3.5-turbo-16k",
    "gpt-3.5-turbo-16k-1106": "gpt-3.5-turbo-16k",
    "gpt-3.5-turbo-4k": "gpt-3.5-turbo-4k",
    "gpt-3.5-turbo-16k": "gpt-3.5-turbo-16k",
    "gpt-4": "gpt-4",
    "gpt-4o-0806": "gpt-4o-0806",
    "gpt-4o-1120": "gpt-4o-0806",
    "gpt-4o-mini": "gpt-4o-mini",
    "gpt-4.1": "gpt-4.1",
    "gpt-4.1-mini": "gpt-4.1-mini",
    "gpt-4.1-nano": "gpt-4.1-nano",
    "o4-mini": "o4-mini",
    "babbage-002": "babbage-002",
    "davinci-002": "davinci-002",
}
"""Under which model's name the fine-tuned ones of a model are priced; others cannot be fine-tuned."""
_TRAINED_BY_THE_HOUR = frozenset({"gpt-3.5-turbo-4k", "gpt-3.5-turbo-16k", "gpt-4", "babbage-002", "davinci-002"})

_MAKERS = {
    "deepseek": "deepseek",
    "xai": "grok",
    "meta": "llama",
    "mistral ai": "mistral",
    "cohere": "cohere",
    "moonshotai": "kimi",
    "fireworks": "fireworks",
}
"""Folder of the catalogue by the ``format`` of a model that is not OpenAI's."""
_CACHE_PRICES_AT = {"gpt-4o-realtime-preview": "gpt-4o-realtime"}
"""Models whose price list keeps the prices of what is cached under another name."""
_OPENAI_FORMATS = frozenset({"openai", "openai-oss", ""})


@dataclass(frozen=True, slots=True)
class Model:
    """A model as the catalogue has it.

    ``path`` is where its prices stand, ``azure/openai/<name>``; ``fine_tuned`` the path of its fine-tuned ones, None
    where there are none. ``is_listed`` says whether the price list names it.
    """

    name: str
    path: str
    kind: Kind
    family: str
    has_cache_price: bool
    prefix: str = ""
    fine_tuned: str | None = None
    trained_by_the_hour: bool = False
    is_listed: bool = True

    @property
    def cache_path(self) -> str:
        """Where the prices of cached tokens stand."""
        return f"{self.family}/{_CACHE_PRICES_AT[listed]}" if (listed := self.listed) in _CACHE_PRICES_AT else self.path

    @property
    def listed(self) -> str:
        """The price list's name of it."""
        return self.path.rpartition("/")[2]


def family_of(made_by: str) -> str:
    """Return where the models of a maker stand, ``azure/openai`` for OpenAI's and those of makers not known."""
    maker = _MAKERS.get(made_by.lower())
    return "azure/openai" if maker is None else f"azure/foundry/{maker}"


def version_matters(made_by: str, name: str) -> bool:
    """Whether the price depends on a model's version."""
    return made_by.lower() not in _MAKERS and set(_VERSIONS.get(name.lower(), {})) - {""} != set()


def is_for_chats(name: str) -> bool:
    """Whether a model of OpenAI's talks in text, so that assistants may use tools with it."""
    model = name.lower()
    return model.startswith(("gpt-", "o1", "o3", "o4", "codex", "computer-use")) and _kind(model) == "chat"


def find_model(made_by: str, name: str, version: str) -> Model:
    """Return the model that a deployment names by its format, name and version."""
    maker, model = made_by.lower(), name.lower()
    if maker in _MAKERS:
        family = family_of(made_by)
        listed = _foundry_name(model)
        return Model(
            name, f"{family}/{listed}", "chat", family, has_cache_price=bool(_FOUNDRY_CACHE_PRICE.match(listed))
        )
    by_version = _VERSIONS.get(model, {})
    listed = by_version.get(version.lower()) or by_version.get("") or model
    fine_tuned = _FINE_TUNED.get(listed)
    return Model(
        name,
        f"azure/openai/{listed}",
        _kind(listed),
        "azure/openai",
        has_cache_price=not _NO_CACHE_PRICE.match(listed),
        prefix="short_context_" if _SHORT_CONTEXT.fullmatch(listed) else "",
        fine_tuned=None if fine_tuned is None else f"azure/openai/{fine_tuned}",
        trained_by_the_hour=fine_tuned in _TRAINED_BY_THE_HOUR,
        is_listed=maker in _OPENAI_FORMATS and (model in _VERSIONS or listed in _PRICED_AS_NAMED),
    )


def _foundry_name(model: str) -> str:
    """Return the price list's name of another maker's model: ``llama-3.3-70b`` of ``Llama-3.3-70B-Instruct``."""
    short = re.sub(r"(?:-\d+e)?-instruct(?:-fp8)?$", "", model)
    return re.sub(r"^(?:mistral-(?=large-3)|(codestral)-\d+$)", r"\1", short)


def _kind(listed: str) -> Kind:  # noqa: PLR0911 -- one answer a kind
    if "embedding" in listed:
        return "embedding"
    if listed.startswith(("dall-e", "speech-to", "sora", "babbage", "davinci")):
        return "other"
    if "transcribe" in listed:
        return "transcribe"
    if listed.endswith("-tts") or "-tts-" in listed:
        return "speech_tokens"
    if "realtime" in listed:
        return "realtime"
    if "audio" in listed:
        return "audio_chat"
    return "image" if "image" in listed else "chat"
