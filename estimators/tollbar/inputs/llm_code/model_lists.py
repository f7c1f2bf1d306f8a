"""Models in files of settings: LiteLLM's proxy, and any YAML, JSON, TOML, .env or Terraform in which a model is named.

Most models are swapped there. What a call in the code was followed to is told with that call: only a model to which no
call leads is a site of its own, so that nothing counts twice. A model named in LiteLLM's ``model_list`` stands for
every call of its ``model_name`` (:func:`behind_proxy`).

Source: docs.litellm.ai "Config settings" (model_list, router_settings, litellm_settings), read 2026-11.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from tollbar.inputs.llm_code.call_site import CallSite
from tollbar.inputs.llm_code.configuration_file import parse_environment_file
from tollbar.inputs.llm_code.model_names import (
    DEPLOYMENTS,
    PREFIXES,
    model_of_deployment,
    plain_model,
    unknown_deployment,
)
from tollbar.inputs.llm_code.model_shape import is_model_name, operation_of
from tollbar.inputs.llm_code.prompt_files import is_prompt
from tollbar.location import Location

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from tollbar.inputs.llm_code.call_site import ModelOrigin, Unreadable
    from tollbar.inputs.llm_code.interface import SourceReader
    from tollbar.inputs.llm_code.project import Project
    from tollbar.inputs.llm_code.source_file import SourceFile

_LED_BY_CONFIGURATION: frozenset[ModelOrigin] = frozenset({"configuration", "environment_default", "deployment_name"})
_STRUCTURED = (".yaml", ".yml", ".json", ".toml")
_LINES = (".env", ".tfvars", ".tf", ".ini", ".cfg", ".properties", ".production", ".prod", ".staging", "")
_KEY = re.compile(
    r"(.*[_.\-])?(model|models|model_?name|model_?id|llm|llm_?model|engine|deployment_?model)|.*[a-z](Model|ModelName|ModelId|LLM)",
    re.IGNORECASE,
)
_CAMEL_MODEL = re.compile(r"[a-z]\w*(Model|ModelName|ModelId)")
_ASSIGNMENT = re.compile(
    r"""^\s*(?:export\s+|ENV\s+|-\s+)?["']?([\w.\-]+)["']?\s*[:=]\s*["']?([\w.:/@\-]+)["']?\s*,?\s*(?:#.*)?$"""
)
_TERRAFORM_DEFAULT = re.compile(r'variable\s+"([^"]+)"\s*\{[^{}]*?default\s*=\s*"([^"]+)"', re.DOTALL)
_NOT_SETTINGS = frozenset(
    {
        "package.json", "package-lock.json", "composer.json", "tsconfig.json", "pnpm-lock.yaml", "crashlens.yml",
        "crashlens.yaml", "tollbar.yml", "tollbar.yaml", "usage.yml", "usage.yaml", ".pre-commit-config.yaml",
    }
)  # fmt: skip
_NOT_THERE = frozenset(
    {
        "test", "tests", "__tests__", "testdata", "fixtures", "__fixtures__", "cassettes", "snapshots", "__snapshots__",
        "mocks", "__mocks__", "docs", "locales", "spec",
    }
)  # fmt: skip
"""Folders in which files hold examples and records of calls, not settings."""
_MOST_MODELS = 40
"""A file that names more is a list of what there is, not of what is called."""
_EXAMPLE = 3
_CODE = (".py", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".vue", ".svelte")
_MOST_BYTES = 1024 * 1024
"""Larger files are data."""
_LIMITS = ("max_tokens", "maxTokens", "max_output_tokens", "maxOutputTokens", "max_completion_tokens")
_RETRIES = ("max_retries", "maxRetries", "num_retries", "numRetries")


class _Entry(NamedTuple):
    """A model in a file: the path of keys that leads to it, and what stands beside it."""

    path: str
    model: str
    beside: Mapping[str, Any]
    line: int


class Alias(NamedTuple):
    """What LiteLLM's proxy calls under a name; ``others`` are the names it calls when that fails."""

    name: str
    site: CallSite
    others: tuple[str, ...]


class ModelListReader:
    """Reads models in files of settings."""

    suffixes: tuple[str, ...] = (*_STRUCTURED, *_LINES, ".example", ".sample")

    def can_read(self, file: SourceFile) -> bool:
        """Whether it is a file of settings, by its name and place."""
        name = file.path.name
        if name in _NOT_SETTINGS or name.startswith("tsconfig") or not _NOT_THERE.isdisjoint(file.path.parts[:-1]):
            return False
        if name.startswith((".env", "Dockerfile")) or file.path.suffix.lower() in {*_STRUCTURED, *_LINES[1:6]}:
            return ".lock" not in name and "-lock." not in name and ".schema." not in name
        return False

    def read(self, project: Project, file: SourceFile) -> Sequence[CallSite | Unreadable]:
        """Return the models in a file to which no call in the code leads.

        Raises:
            OSError: The file cannot be read.
            UnicodeDecodeError: It is not UTF-8.
        """
        from tollbar.inputs.llm_code.readers import calls_in_code  # noqa: PLC0415 -- which loads this module by its name

        if len(file.content) > _MOST_BYTES or not _speaks_of_models(file.text) or is_prompt(project, file):
            return ()
        aliases = [alias for alias in _aliases(project) if alias.site.location.file == file.shown]
        calls = calls_in_code(project)
        if aliases:
            called = {site.model for site in calls} | {site.symbol for site in calls}
            return [one.site for one in aliases if one.name not in _called_aliases(project) and one.name not in called]
        led_to = {site.model for site in calls if site.model_origin in _LED_BY_CONFIGURATION}
        found = [_site(project, file, entry) for entry in _entries(project, file)]
        return [site for site in found if not _is_followed(project, site, led_to)]


def behind_proxy(project: Project, site: CallSite) -> list[CallSite]:
    """Return a call with the model that LiteLLM's proxy calls for it, one site for each if there are several.

    Only where the call goes to a server that is no known provider's, or through LiteLLM: a model of that name may be
    called elsewhere, too.
    """
    is_of_proxy = (
        site.client == "litellm" or (site.provider or "").startswith("the server at ") or site.provider is None
    )
    if site.model is None or not is_of_proxy:
        return [site]
    found = [alias for alias in _aliases(project) if alias.name == site.model]
    if not found:
        return [site]
    _called_aliases(project).update((site.model, *(name for alias in found for name in alias.others)))
    return [
        replace(
            site,
            provider=alias.site.provider,
            model=alias.site.model,
            model_origin=alias.site.model_origin,
            unknown_model=alias.site.unknown_model,
            fallbacks=site.fallbacks or alias.site.fallbacks,
            max_output_tokens=site.max_output_tokens or alias.site.max_output_tokens,
            max_retries=_repeated(site.max_retries, alias.site.max_retries),
            is_exact=site.is_exact and alias.site.provider == "openai",
            alternatives=site.alternatives * len(found),
        )
        for alias in found
    ]


def deployed_environment(project: Project) -> Mapping[str, str]:
    """Return the environment variables that name a model in workflows, compose files, charts and Terraform.

    Of several values of one variable the one for production counts, else the first; examples do not count.
    """
    return project.once("deployed environment", lambda: _deployed(project))


def _deployed(project: Project) -> dict[str, str]:
    found: dict[str, tuple[int, str]] = {}
    for file in project.files:
        if file.path.suffix.lower() not in ModelListReader.suffixes or not READER.can_read(file):
            continue
        try:
            if len(file.content) > _MOST_BYTES or not _speaks_of_models(file.text):
                continue
            entries = list(_entries(project, file))
        except (OSError, UnicodeDecodeError):
            continue
        rank = _rank(file)
        if rank == _EXAMPLE:
            continue
        for entry in entries:
            name = entry.path.rpartition(".")[2]
            if not name.isupper() and "_" not in name:  # the "model" of a file of settings is no variable MODEL
                continue
            name = name.upper()
            if name not in found or rank < found[name][0]:
                found[name] = (rank, entry.model)
    return {name: model for name, (_, model) in found.items()}


def _rank(file: SourceFile) -> int:
    name = str(file.path).lower()
    if "example" in name or "sample" in name:
        return _EXAMPLE
    if "prod" in name:
        return 0
    return 2 if re.search(r"dev|stag|local|preview|ci\b", name) else 1


def _speaks_of_models(text: str) -> bool:
    lower = text.lower()
    return ("model" in lower or "llm" in lower or "engine" in lower) and any(word in lower for word in _MAKERS)


_MAKERS = (
    "gpt", "claude", "gemini", "llama", "mistral", "mixtral", "command-", "deepseek", "grok", "qwen", "embed", "nova-",
    "titan", "o1", "o3", "o4", "sonar", "dall-e", "whisper", "kimi", "glm", "phi", "rerank", "jamba", "imagen", "gemma",
    "codestral", "pixtral", "voyage", "stral", "nemotron", "minimax", "tts-",
)  # fmt: skip


def _entries(project: Project, file: SourceFile) -> list[_Entry]:
    """Return the models that a file of settings names; none where it is data."""
    found = list(_found_in(project, file))
    return [] if len(found) > _MOST_MODELS else found


def _found_in(project: Project, file: SourceFile) -> Iterator[_Entry]:
    name, suffix = file.path.name, file.path.suffix.lower()
    if name.startswith(".env"):
        pairs = [(key, value) for key, value in parse_environment_file(file).items()]
        yield from _of_pairs(pairs, file)
        return
    content = project.configuration(file) if suffix in _STRUCTURED else None
    if isinstance(content, dict) and "workloads" not in content:
        lines = _Lines(file.text)
        yield from _in_mapping(content, "", lines)
    elif content is None:
        pairs = [(m[1], m[2]) for line in file.text.splitlines() if (m := _ASSIGNMENT.match(line))]
        pairs += [(m[1], m[2]) for m in _TERRAFORM_DEFAULT.finditer(file.text)]
        yield from _of_pairs(pairs, file)


def _of_pairs(pairs: Iterable[tuple[str, str]], file: SourceFile) -> Iterator[_Entry]:
    lines = _Lines(file.text)
    for key, value in pairs:
        if _is_model_key(key) and is_model_name(value):
            yield _Entry(key, value, {}, lines.of(key, value))


class _Lines:
    """Finds the lines of values in the order in which they are asked for."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._seen: Counter[tuple[str, str]] = Counter()

    def of(self, key: str, value: str) -> int:
        """Return the line of a value, that with its key in it where there is one."""
        self._seen[key, value] += 1
        both = [n for n, line in enumerate(self._lines, 1) if value in line and key in line]
        alone = both or [n for n, line in enumerate(self._lines, 1) if value in line]
        number = min(self._seen[key, value], len(alone))
        return alone[number - 1] if alone else 1


def _in_mapping(content: Mapping[Any, Any], path: str, lines: _Lines) -> Iterator[_Entry]:
    named = content.get("name")
    if isinstance(named, str) and isinstance(content.get("value"), str) and _is_model_key(named):
        if is_model_name(content["value"]):
            yield _Entry(f"{path}.{named}".strip("."), content["value"], {}, lines.of("value", content["value"]))
        return
    for key, value in content.items():
        inner = f"{path}.{key}".strip(".")
        if isinstance(value, str):
            if _is_model_key(str(key)) and is_model_name(value):
                yield _Entry(inner, value, content, lines.of(str(key), value))
        elif isinstance(value, dict):
            yield from _in_mapping(value, inner, lines)
            if _is_model_key(str(key)):
                yield from _of_models(value.items(), inner, lines)
        elif isinstance(value, list):
            yield from _in_list(value, str(key), inner, lines)


def _of_models(items: Iterable[tuple[Any, Any]], path: str, lines: _Lines) -> Iterator[_Entry]:
    """Yield the models in a mapping of models: ``models: {fast: gpt-4o-mini}``."""
    for key, value in items:
        if isinstance(value, str) and is_model_name(value) and not _is_model_key(str(key)):
            yield _Entry(f"{path}.{key}", value, {}, lines.of(str(key), value))


def _in_list(value: Sequence[Any], key: str, path: str, lines: _Lines) -> Iterator[_Entry]:
    for number, one in enumerate(value):
        if isinstance(one, dict):
            yield from _in_mapping(one, path if "name" in one else f"{path}.{number}", lines)
        elif isinstance(one, str) and _is_model_key(key) and is_model_name(one):
            yield _Entry(f"{path}.{number}", one, {}, lines.of("", one))
        elif isinstance(one, str) and "=" in one:
            name, _, told = one.partition("=")
            if _is_model_key(name) and is_model_name(told):
                yield _Entry(f"{path}.{name}", told, {}, lines.of(name, told))


def _is_model_key(key: str) -> bool:
    plain = key.lower().replace("-", "_")
    if plain.startswith(("disallowed", "allowed", "blocked", "denied", "supported", "available", "suggest")):
        return False
    return _KEY.fullmatch(plain) is not None or _CAMEL_MODEL.fullmatch(key) is not None


def _site(project: Project, file: SourceFile, entry: _Entry) -> CallSite:
    told = entry.beside.get("provider")
    provider = PREFIXES.get(told.lower(), told) if isinstance(told, str) else None
    owner, model = plain_model(entry.model, provider, has_prefix=True)
    origin: ModelOrigin = "configuration"
    why = ""
    if entry.model.startswith("os.environ/"):
        variable = entry.model.removeprefix("os.environ/")
        owner, model = None, project.environment(variable)
        why = "" if model else f"it is read from the environment variable {variable}"
    if owner in DEPLOYMENTS and model is not None:
        deployment = model
        model, origin = model_of_deployment(deployment, project.deployments)
        why = "" if model else unknown_deployment(deployment)
    return CallSite(
        Location(file.shown, entry.line),
        "configuration",
        operation_of(entry.model),
        symbol=f"{_stem(file)}.{entry.path}",
        provider=owner,
        model=model,
        model_origin=origin if model else "unknown",
        max_output_tokens=_number(entry.beside, _LIMITS),
        max_retries=_number(entry.beside, _RETRIES),
        unknown_model=why,
    )


def _number(beside: Mapping[str, Any], names: Sequence[str]) -> int | None:
    found = (beside.get(name) for name in names)
    return next((value for value in found if isinstance(value, int) and not isinstance(value, bool)), None)


def _stem(file: SourceFile) -> str:
    return ".".join(part.lstrip(".") for part in (*file.path.parts[:-1], file.path.name.lstrip(".").partition(".")[0]))


def _is_followed(project: Project, site: CallSite, led_to: Collection[str | None]) -> bool:
    """Whether a call in the code tells a model: the code reads the variable, or has found the model by the key."""
    name = site.symbol.rpartition(".")[2]
    if re.fullmatch(r"[A-Za-z]\w*_\w+", name) and _is_named_in_code(project, name.upper()):
        return True
    return site.model in led_to and _is_named_in_code(project, name)


def _is_named_in_code(project: Project, name: str) -> bool:
    found = re.compile(rf"\b{re.escape(name)}\b")
    return project.once(("named in code", name), lambda: any(found.search(text) for text in _code(project)))


def _code(project: Project) -> Iterator[str]:
    for file in project.with_suffix(*_CODE):
        try:
            yield file.text
        except (OSError, UnicodeDecodeError):
            continue


def _called_aliases(project: Project) -> set[str]:
    """Return the names of a proxy's models that calls in the code were followed to."""
    found: set[str] = project.once("aliases that are called", set)
    return found


def _repeated(one: int | None, other: int | None) -> int | None:
    """Return the retries of a call that both the client and the proxy repeat."""
    if one is None or other is None:
        return one if other is None else other
    return (one + 1) * (other + 1) - 1


def _aliases(project: Project) -> tuple[Alias, ...]:
    """Return what LiteLLM's proxies of a project call, by name."""
    return project.once("litellm aliases", lambda: tuple(_all_aliases(project)))


def _all_aliases(project: Project) -> Iterator[Alias]:
    for file in project.with_suffix(".yaml", ".yml"):
        try:
            content = project.configuration(file) if "litellm_params" in file.text else None
        except (OSError, UnicodeDecodeError):
            continue
        entries = content.get("model_list") if isinstance(content, dict) else None
        if isinstance(content, dict) and isinstance(entries, list):
            yield from _of_proxy(project, file, content, [entry for entry in entries if isinstance(entry, dict)])


def _of_proxy(
    project: Project, file: SourceFile, content: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]
) -> Iterator[Alias]:
    lines = _Lines(file.text)
    router = _mapping(content, "router_settings")
    general = _mapping(content, "litellm_settings")
    names = Counter(str(entry.get("model_name")) for entry in entries)
    models: dict[str, str] = {}
    for entry in entries:
        models.setdefault(str(entry.get("model_name")), str(_mapping(entry, "litellm_params").get("model", "")))
    for entry in entries:
        others = tuple(_fallbacks(str(entry.get("model_name")), (router, general)))
        name, told = str(entry.get("model_name")), _mapping(entry, "litellm_params")
        if not isinstance(told.get("model"), str):
            continue
        base = _mapping(entry, "model_info").get("base_model")
        model = base if isinstance(base, str) else told["model"]
        entry_ = _Entry(f"model_list.{name}", model, told, lines.of("model", told["model"]))
        found = _site(project, file, entry_)
        if isinstance(base, str):
            found = replace(found, model_origin="configuration")
        retries = next(
            (count for place in (told, router, general) if (count := _number(place, _RETRIES)) is not None), None
        )
        yield Alias(
            name,
            replace(
                found,
                client="litellm",
                operation=_mode(entry, found),
                max_retries=retries,
                fallbacks=tuple(_own_name(models.get(other, other)) for other in others),
                alternatives=names[name],
            ),
            others,
        )


def _own_name(model: str) -> str:
    return plain_model(model, None, has_prefix=True).model or model


def _fallbacks(name: str, places: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the names that are called when one fails: ``fallbacks: [{fast: [smart]}]``."""
    for place in places:
        told = place.get("fallbacks")
        for one in told if isinstance(told, list) else ():
            others = one.get(name) if isinstance(one, dict) else None
            yield from map(str, others if isinstance(others, list) else ())


def _mode(entry: Mapping[str, Any], site: CallSite) -> Any:  # noqa: ANN401 -- an Operation
    modes = {"embedding": "embeddings", "image_generation": "image", "audio_transcription": "audio", "chat": "chat",
             "audio_speech": "audio", "rerank": "rerank", "completion": "chat"}  # fmt: skip
    return modes.get(str(_mapping(entry, "model_info").get("mode")), site.operation)


def _mapping(owner: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = owner.get(name)
    return found if isinstance(found, dict) else {}


READER: SourceReader = ModelListReader()
