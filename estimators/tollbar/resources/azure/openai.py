"""Models deployed on Azure: Azure OpenAI and the other makers of Foundry.

Source: "Azure OpenAI Service pricing", "Foundry Models pricing". A deployment is billed by tokens at the price of its
type (Standard is regional, DataZoneStandard and GlobalStandard cost less, Batch half), or, provisioned, by its
throughput units (PTU) for every hour that it exists, used or not. A fine-tuned model is billed by training and
hosting, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.azure.openai_models import Model, family_of, find_model, is_for_chats, version_matters
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage


class _Deployment(NamedTuple):
    """How a deployment is sold: where it runs, and whether it is provisioned or runs batches."""

    where: str
    is_provisioned: bool = False
    is_batch: bool = False
    prefix: str = ""


_DEPLOYMENTS = {
    "standard": _Deployment("regional"),
    "datazonestandard": _Deployment("data_zone"),
    "globalstandard": _Deployment("global"),
    "globalbatch": _Deployment("global", is_batch=True),
    "datazonebatch": _Deployment("data_zone", is_batch=True),
    "provisionedmanaged": _Deployment("regional", is_provisioned=True),
    "provisioned": _Deployment("regional", is_provisioned=True),
    "datazoneprovisionedmanaged": _Deployment("data_zone", is_provisioned=True),
    "globalprovisionedmanaged": _Deployment("global", is_provisioned=True),
    "developertier": _Deployment("global", prefix="developer_"),
}
_WORDS = {"regional": "regional", "data_zone": "data zone", "global": "global"}
_HOURS_PER_DAY = 24

_INPUT, _CACHED, _OUTPUT = (f"monthly_language_{what}_tokens" for what in ("input", "cached_input", "output"))
_AUDIO_IN, _AUDIO_CACHED, _AUDIO_OUT = (f"monthly_audio_{what}_tokens" for what in ("input", "cached_input", "output"))
_IMAGE_IN, _IMAGE_CACHED, _IMAGE_OUT = (f"monthly_image_{what}_tokens" for what in ("input", "cached_input", "output"))

_COUNTED: dict[str, tuple[tuple[str, str, str], ...]] = {
    "chat": (
        ("Text input", _INPUT, "input_tokens"),
        ("Cached text input", _CACHED, "cached_input_tokens"),
        ("Text output", _OUTPUT, "output_tokens"),
    ),
    "audio_chat": (
        ("Text input", _INPUT, "text_input_tokens"),
        ("Text output", _OUTPUT, "text_output_tokens"),
        ("Audio input", _AUDIO_IN, "input_tokens"),
        ("Audio output", _AUDIO_OUT, "output_tokens"),
    ),
    "realtime": (
        ("Text input", _INPUT, "text_input_tokens"),
        ("Cached text input", _CACHED, "text_cached_input_tokens"),
        ("Text output", _OUTPUT, "text_output_tokens"),
        ("Audio input", _AUDIO_IN, "audio_input_tokens"),
        ("Cached audio input", _AUDIO_CACHED, "audio_cached_input_tokens"),
        ("Audio output", _AUDIO_OUT, "audio_output_tokens"),
    ),
    "transcribe": (
        ("Audio input", _AUDIO_IN, "audio_input_tokens"),
        ("Text input", _INPUT, "text_input_tokens"),
        ("Text output", _OUTPUT, "text_output_tokens"),
    ),
    "speech_tokens": (
        ("Text input", _INPUT, "text_input_tokens"),
        ("Audio output", _AUDIO_OUT, "audio_output_tokens"),
    ),
    "image": (
        ("Text input", _INPUT, "text_input_tokens"),
        ("Cached text input", _CACHED, "text_cached_input_tokens"),
        ("Image input", _IMAGE_IN, "image_input_tokens"),
        ("Cached image input", _IMAGE_CACHED, "image_cached_input_tokens"),
        ("Image output", _IMAGE_OUT, "image_output_tokens"),
    ),
    "embedding": (("Text embeddings", "monthly_text_embedding_tokens", "tokens"),),
    "other": (),
}
"""Name, usage key and the end of the path of all that is counted, by the model's kind."""
_ONLY_IF_TOLD = frozenset({_CACHED, _AUDIO_CACHED, _IMAGE_IN, _IMAGE_CACHED})
_PICTURES = (
    ("Standard 1024x1024 images", "monthly_standard_1024_1024_images", "lowres"),
    ("Standard 1024x1792 images", "monthly_standard_1024_1792_images", "highres"),
    ("HD 1024x1024 images", "monthly_hd_1024_1024_images", "hd-lowres"),
    ("HD 1024x1792 images", "monthly_hd_1024_1792_images", "hd-highres"),
)


def deployment(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield tokens, images, characters or hours by model and deployment type, or the provisioned throughput units."""
    attributes = resource.attributes
    sku = attributes.block("sku") if attributes.blocks("sku") else attributes.block("scale")
    kind = sku.text("name") or sku.text("type") or "Standard"
    sold = _DEPLOYMENTS.get(kind.lower())
    if sold is None:
        yield Unpriced("price_not_found", f"the deployment type {kind} is not known")
    elif sold.is_provisioned:
        family = family_of(attributes.block("model").text("format") or "")
        units = usage.hours * Quantity.fixed(sku.number("capacity") or 1)
        key = PriceKey(f"{family}/provisioned_throughput_ptu/managed/{sold.where}/unit", resource.region)
        yield Component(f"Provisioned throughput units ({_WORDS[sold.where]})", units, "hours", key)
    else:
        yield from as_far_as_known(lambda: _by_use(attributes.block("model"), sold, usage, resource.region), "model")
        if is_for_chats(attributes.block("model").literal("name")):
            yield from _tools(sold, usage, resource.region)


def _by_use(block: Attributes, sold: _Deployment, usage: Usage, region: str | None) -> Iterator[Component | Unpriced]:
    made_by, name = block.text("format") or "", block.text("name") or ""
    version = (block.text("version") or "") if version_matters(made_by, name) else ""
    model = find_model(made_by, name, version)
    yield from _tokens(model, sold, usage, region)
    yield from _other_models(model, sold, usage, region)
    if model.fine_tuned is not None:
        yield from _fine_tuning(model, sold, usage, region)


def _tokens(model: Model, sold: _Deployment, usage: Usage, region: str | None) -> Iterator[Component]:
    for name, usage_key, what in _COUNTED[model.kind]:
        if usage_key in _ONLY_IF_TOLD and not usage.is_told(usage_key):
            continue
        counted, of_model = what, model.cache_path if "cached" in what else model.path
        if usage_key == _CACHED and model.kind == "chat" and not model.has_cache_price:
            counted = "input_tokens"  # the maker gives nothing off for what is cached
        path = f"{of_model}/{sold.where}/{'batch_' if sold.is_batch else ''}{model.prefix}{counted}"
        if not model.is_listed and sold.where == "global" and not sold.is_batch:
            path = f"llm/azure/{model.name.lower()}/{counted.replace('cached_input', 'cache_read')}"
        yield Component(f"{name} ({model.name})", usage.quantity(usage_key), "tokens", PriceKey(path, region))


def _other_models(model: Model, sold: _Deployment, usage: Usage, region: str | None) -> Iterator[Component]:
    """Yield what is no token: images of DALL-E, characters and hours of speech, seconds of video, base models."""
    if model.kind != "other":
        return
    listed = model.listed
    if listed.startswith("dall-e"):
        yield from _pictures(listed, usage, region)
        return
    name, usage_key, path, unit = {
        "speech-to-whisper": (
            "Speech to text",
            "monthly_text_to_speech_hours",
            f"{sold.where}/batch_text_unit",
            "hours",
        ),
        "sora-2": ("Video", "monthly_video_seconds", f"{sold.where}/second", "seconds"),
        "sora-2-pro": ("Video", "monthly_video_seconds", f"{sold.where}/second", "seconds"),
        "babbage-002": ("Base model tokens", "monthly_base_model_tokens", f"{sold.where}/tokens", "tokens"),
        "davinci-002": ("Base model tokens", "monthly_base_model_tokens", f"{sold.where}/tokens", "tokens"),
    }.get(
        listed,
        ("Text to speech", "monthly_text_to_speech_characters", f"{sold.where}/text_characters", "characters"),
    )
    key = PriceKey(f"{model.path}/{path}", region)
    yield Component(f"{name} ({model.name})", usage.quantity(usage_key), unit, key)


def _pictures(listed: str, usage: Usage, region: str | None) -> Iterator[Component]:
    """Yield the images by quality and size; DALL-E 2 has one price, and both are sold in their region only."""
    is_first = listed == "dall-e-2"
    for name, usage_key, resolution in _PICTURES[:1] if is_first else _PICTURES:
        path = f"azure/openai/image-{listed}{'' if is_first else f'-{resolution}'}/regional/images"
        yield Component(f"{name} ({listed})", usage.quantity(usage_key), "images", PriceKey(path, region))


def _tools(sold: _Deployment, usage: Usage, region: str | None) -> Iterator[Component]:
    """Yield what assistants use beside the model: the code interpreter, and searches in files kept for them.

    The first GB of files is free for all of an account; it is not taken off.
    """
    place = "global" if sold.where == "global" else "regional"
    sessions = usage.quantity("monthly_code_interpreter_sessions")
    key = PriceKey(f"azure/openai/code-interpreter/{place}/session", region)
    yield Component("Code interpreter sessions", sessions, "units", key)
    if usage.is_told("monthly_file_search_tool_calls"):
        calls = usage.quantity("monthly_file_search_tool_calls")
        key = PriceKey(f"azure/openai/file-search-tool/{sold.where}/calls", region)
        yield Component("File search tool calls", calls, "requests", key)
    if usage.is_told("monthly_file_search_storage_gb"):
        days = usage.quantity("monthly_file_search_storage_gb") * usage.hours / _HOURS_PER_DAY
        key = PriceKey(f"azure/openai/assistants-file-search/{place}/gb", region)
        yield Component("File search storage", days, "GB-days", key)


def _fine_tuning(model: Model, sold: _Deployment, usage: Usage, region: str | None) -> Iterator[Component | Unpriced]:
    """Yield training, hosting and tokens of a fine-tuned model, where the use tells of them."""
    lines = [
        ("input", "monthly_fine_tuning_input_tokens", "fine_tuned_input_tokens", "tokens"),
        ("output", "monthly_fine_tuning_output_tokens", "fine_tuned_output_tokens", "tokens"),
        ("training", "monthly_fine_tuning_training_tokens", "fine_tuned_training_tokens", "tokens"),
    ]
    if not sold.prefix:
        lines.append(("hosting", "monthly_fine_tuning_hosting_hours", "fine_tuned_hosting_unit", "hours"))
    if model.trained_by_the_hour:
        hours = ("training hours", "monthly_fine_tuning_training_hours", "fine_tuned_training_unit", "hours")
        lines.append(hours)
    elif usage.is_told("monthly_fine_tuning_training_hours"):
        yield Unpriced(
            "price_not_found",
            f"training of {model.name} is billed by tokens: tell monthly_fine_tuning_training_tokens, not hours",
        )
    for name, usage_key, what, unit in lines:
        if usage.is_told(usage_key):
            key = PriceKey(f"{model.fine_tuned}/{sold.where}/{sold.prefix}{what}", region)
            yield Component(f"Fine-tuning {name} ({model.name})", usage.quantity(usage_key), unit, key)


_TOKENS = (100_000, 10_000_000, 1_000_000_000)
_KEYS = (
    UsageKey(_INPUT, "Tokens of text sent to the model a month", _TOKENS),
    UsageKey(_CACHED, "Tokens of text sent again and found in the cache a month"),
    UsageKey(_OUTPUT, "Tokens of text that the model answers a month", (20_000, 2_000_000, 200_000_000)),
    UsageKey(_AUDIO_IN, "Tokens of audio sent to the model a month", (10_000, 1_000_000, 100_000_000)),
    UsageKey(_AUDIO_CACHED, "Tokens of audio sent again and found in the cache a month"),
    UsageKey(_AUDIO_OUT, "Tokens of audio that the model answers a month", (10_000, 1_000_000, 100_000_000)),
    UsageKey(_IMAGE_IN, "Tokens of images sent to the model a month"),
    UsageKey(_IMAGE_CACHED, "Tokens of images sent again and found in the cache a month"),
    UsageKey(_IMAGE_OUT, "Tokens of images that the model makes a month", (10_000, 1_000_000, 100_000_000)),
    UsageKey("monthly_text_embedding_tokens", "Tokens embedded a month", _TOKENS),
    UsageKey("monthly_code_interpreter_sessions", "Sessions of the code interpreter a month", (0, 0, 1_000)),
    UsageKey("monthly_file_search_tool_calls", "Searches in files a month"),
    UsageKey("monthly_file_search_storage_gb", "GB of files kept for searches"),
    UsageKey("monthly_base_model_tokens", "Tokens of a base model a month"),
    UsageKey("monthly_fine_tuning_training_hours", "Hours of training a month, of models trained by the hour"),
    UsageKey("monthly_fine_tuning_training_tokens", "Tokens trained a month, of models trained by tokens"),
    UsageKey("monthly_fine_tuning_hosting_hours", "Hours a month that fine-tuned models are hosted"),
    UsageKey("monthly_fine_tuning_input_tokens", "Tokens sent to fine-tuned models a month"),
    UsageKey("monthly_fine_tuning_output_tokens", "Tokens that fine-tuned models answer a month"),
    *(UsageKey(usage_key, f"{name} made a month", (0, 100, 10_000)) for name, usage_key, _ in _PICTURES),
    UsageKey("monthly_text_to_speech_characters", "Characters spoken a month (tts)", (10_000, 1_000_000, 1e8)),
    UsageKey("monthly_text_to_speech_hours", "Hours of audio written down a month (whisper)", (1, 10, 1_000)),
    UsageKey("monthly_video_seconds", "Seconds of video made a month (sora)", (10, 100, 10_000)),
)

TYPES = (ResourceType("azurerm_cognitive_deployment", "llm", deployment, usage_keys=_KEYS),)
