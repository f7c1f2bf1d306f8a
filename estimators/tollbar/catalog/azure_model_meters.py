"""Paths of the meters of language models on Azure: ``azure/openai/<model>/<deployment>/<what>``.

The price list writes one thing in many ways ("gpt-4o-0806-Inp-glbl Tokens", "gpt 4o 1120 cached Inp
Data Zone Tokens", "5.1 codex mini cd inp Dz 1M Tokens"). Each word is one of a deployment (global, data
zone, regional), a qualifier (batch, priority, fine-tuned, cached…), a direction, or part of the model.
"""

from __future__ import annotations

import re

_FAMILIES = {
    "azure_openai": "openai",
    "azure_llama": "foundry/llama",
    "azure_grok": "foundry/grok",
    "azure_mistral": "foundry/mistral",
    "cohere": "foundry/cohere",
    "azure_fireworks": "foundry/fireworks",
    "azure_kimi": "foundry/kimi",
    "azure_deepseek": "foundry/deepseek",
}
"""The products of the price list by the beginning of their names."""

_SPELLINGS: tuple[tuple[str, str], ...] = (
    (r"data zone", "datazone"),
    (r"gpt-?35", "gpt-3.5"),
    (r"(?:turbo|trb)(\d+k)", r"turbo-\1"),
    (r"gpt4omini", "gpt-4o-mini"),
    (r"gpt(4o?)", r"gpt-\1"),
    (r"mini(\d{4})", r"mini-\1"),
    (r"batchoutp", "batch-outp"),
    (r"(aud|txt)(\d{4})", r"\1-\2"),
    (r"realtimeprvw(aud|txt)(inp|outp)", r"realtime-preview-\1-\2"),
    (r"realtimeprvw", "realtime-preview"),
    (r"grok4", "grok-4"),
    (r"llama3", "llama-3"),
    (r"deepseekv", "deepseek-v"),
    (r"^image 2", "gpt-image-2"),
    (r"gpt[ -]img", "gpt-image"),
    (r"(gpt[ -]4o[ -](?:mini[ -])?|gpt[ -])aud(?=[ -])", r"\1audiomodel"),
    (r"text[ -]embedding", "textembedding"),
)
_WORDS = {
    "mn": "mini", "mnstrl": "ministral", "rt": "realtime", "rtime": "realtime", "prvw": "preview",
    "tcrb": "transcribe", "trscb": "transcribe", "audiomodel": "audio", "textembedding": "text-embedding",
}  # fmt: skip
_DEPLOYMENTS = {
    "glbl": "global", "global": "global", "gl": "global", "glb": "global",
    "dz": "data_zone", "dzn": "data_zone", "dzone": "data_zone", "datazone": "data_zone",
    "regnl": "regional", "regional": "regional", "rgnl": "regional", "regn": "regional",
}  # fmt: skip
_DIRECTIONS = {
    "in": "input", "inp": "input", "inpt": "input", "input": "input",
    "out": "output", "outp": "output", "opt": "output", "outpt": "output", "output": "output",
}  # fmt: skip
_QUALIFIERS = {
    "batch": "batch", "pp": "priority", "dev": "developer", "ft": "fine_tuned", "rft": "reinforcement_tuned",
    "longco": "long_context", "shortco": "short_context", "grader": "grader", "grdr": "grader",
    "aud": "audio", "audio": "audio", "txt": "text", "text": "text", "img": "image", "image": "image",
    "training": "training", "trng": "training", "hosting": "hosting", "hstng": "hosting",
    "cached": "cached", "cchd": "cached", "cched": "cached", "ccchd": "cached", "cd": "cached", "cache": "cached",
    "wr": "write",
}  # fmt: skip
_ORDER = tuple(dict.fromkeys(_QUALIFIERS.values()))
_SILENT = frozenset({"1m", "1k", "tokens", "tkn", "std", "ep", "model", "mdl", "mdel", "deployment", "az", "fw"})
_THINGS = frozenset({"unit", "units", "images", "characters", "session", "pages", "calls", "video", "second", "gb"})
_COMMON = {
    "gpt-4o-1120": "gpt-4o", "gpt-4o-mini-0718": "gpt-4o-mini", "gpt-4-turbo-128k": "gpt-4-turbo",
    "gpt-4-8k": "gpt-4", "gpt-3.5-turbo-16k-0125": "gpt-3.5-turbo", "o1-1217": "o1", "o3-0416": "o3",
    "o3-mini-0131": "o3-mini", "o4-mini-0416": "o4-mini", "embedding-ada": "text-embedding-ada-002",
}  # fmt: skip
"""The version of a model that people mean who name none."""


def model_paths(product: str, meter: str) -> tuple[str, ...]:
    """Return the paths of a model's meter by its product's slug; nothing for any other product.

    The version that people mean who name none has a path without a version too.
    """
    family = next((path for name, path in _FAMILIES.items() if product.startswith(name)), None)
    if family is None:
        return ()
    model, rest = _parse(meter.lower())
    if model.startswith("provisioned"):
        kind = model.removeprefix("provisioned-").removeprefix("throughput-").replace("-", "_")
        return (_join(family, "provisioned_throughput_ptu", kind, rest),)
    maker = family.rpartition("/")[2]
    if maker == "openai" and re.match(r"oss|20b|\d", model):
        model = f"gpt-{model}" if not model.startswith("20b") else f"gpt-oss-{model}"
    elif maker not in {"openai", "mistral", "fireworks"} and maker not in model:
        model = f"{maker}-{model}"
    named = [model, _COMMON[model]] if model in _COMMON else [model]
    return tuple(_join(family, name, *rest.split("/")) for name in named)


def _join(*parts: str) -> str:
    return "/".join(("azure", *(part for part in parts if part)))


def _parse(meter: str) -> tuple[str, str]:
    """Return the model of a meter, and its deployment and what is counted as the rest of the path."""
    for pattern, spelling in _SPELLINGS:
        meter = re.sub(pattern, spelling, meter)
    words = [word for word in re.split(r"[^a-z0-9.]+", meter) if word]
    model: list[str] = []
    found: set[str] = set()
    deployment = direction = thing = ""
    for position, word in enumerate(words):
        if word in _DEPLOYMENTS:
            deployment = _DEPLOYMENTS[word]
        elif word in _DIRECTIONS and model:
            direction = _DIRECTIONS[word]
        elif word in _QUALIFIERS and not (word == "image" and position <= 1):
            found.add(_QUALIFIERS[word])
        elif word in _THINGS:
            thing = word
        elif word not in _SILENT:
            model.append(_WORDS.get(word, word))
    if "cached" in found and not direction:
        direction = "input"
    counted = "_".join(word for word in (direction, "tokens" if "tokens" in words else thing) if word)
    qualifiers = [qualifier for qualifier in _ORDER if qualifier in found]
    what = "_".join((*qualifiers, counted)).strip("_") or "unit"
    return "-".join(model), "/".join(part for part in (deployment, what) if part)
