"""Prompts in files of their own: what a prompt asks for, of which model, and how many tokens of it stand in the file.

Read are

- files in the directories that ``updates:`` of ``.github/crashlens.yml`` names (package-ecosystem llm-prompts), and in
  folders called ``prompts``: text, Markdown, Jinja, Handlebars, Mustache, Liquid;
- anywhere ``.prompt`` (Google's dotprompt), ``.prompty`` (Prompty), ``.prompt.yml`` (GitHub Models), Markdown
  whose front matter names a model, and YAML or JSON that is a prompt by its keys (a model or parameters beside
  messages or a template; LangChain's ``_type: prompt``).

A prompt that the code reads by name is told with the call that sends it, and is no site of its own. One that names a
model is a site priced like a call. One that names none is a site without a model: its tokens are shown and compared
with the base, and nothing is said of money.

Sources: google.github.io/dotprompt "Prompt frontmatter", prompty.ai specification, docs.github.com "Storing prompts in
GitHub repositories", python.langchain.com prompt serialization; read 2026-11.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from tollbar.inputs.llm_code.call_site import CallSite
from tollbar.inputs.llm_code.followed import is_followed
from tollbar.inputs.llm_code.model_names import DEPLOYMENTS, model_of_deployment, plain_model, unknown_deployment
from tollbar.inputs.llm_code.model_shape import is_model_name
from tollbar.inputs.llm_code.task_rules import task_of
from tollbar.inputs.llm_code.token_count import count
from tollbar.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import PurePosixPath

    from tollbar.inputs.llm_code.call_site import ModelOrigin, Unreadable
    from tollbar.inputs.llm_code.interface import SourceReader
    from tollbar.inputs.llm_code.project import Project
    from tollbar.inputs.llm_code.source_file import SourceFile

_TEMPLATES = (".txt", ".md", ".mdx", ".j2", ".jinja", ".jinja2", ".hbs", ".handlebars", ".mustache", ".liquid", ".tmpl")
_OWN = (".prompt", ".prompty")
_DATA = (".yaml", ".yml", ".json")
_FOLDER = re.compile(r"(llm[-_]?|system[-_]?)?prompts?([-_]templates?)?", re.IGNORECASE)
_NO_PROMPT = re.compile(r"(readme|changelog|license|contributing|index|skill|agents|claude)\b.*", re.IGNORECASE)
_TESTS = frozenset({"test", "tests", "__tests__", "testdata", "fixtures", "__fixtures__", "node_modules"})
_POLICIES = frozenset({"crashlens.yml", "crashlens.yaml"})
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|$)", re.DOTALL)
_VARIABLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\$\{\w+\}|\{[A-Za-z_]\w*\}|<%.*?%>", re.DOTALL)
_COMMENT = re.compile(r"\{\{!(?:--.*?--|.*?)\}\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)
_TEXTS = ("messages", "prompt", "template", "system", "user", "content", "text", "instructions", "system_prompt",
          "user_prompt", "developer", "assistant", "prefix", "suffix", "systemPrompt")  # fmt: skip
_SPOKEN = frozenset({"messages", "template", "prompt", "prompts", "system", "system_prompt", "systemPrompt"})
_BESIDE = frozenset(
    {"model", "modelParameters", "parameters", "input_variables", "variables", "inputs", "config", "temperature",
     "max_tokens", "_type", "description", "version", "name"}
)  # fmt: skip
_LIMITS = ("max_tokens", "maxTokens", "maxOutputTokens", "max_output_tokens", "max_completion_tokens",
           "maxCompletionTokens")  # fmt: skip
_NESTED = (
    "parameters",
    "modelParameters",
    "config",
    "configuration",
    "options",
    "settings",
    "model_parameters",
    "model",
)
_MODELS = ("model", "model_name", "modelName", "modelId", "model_id", "azure_deployment", "deployment", "name", "id")
_PROVIDERS = {"googleai": "gcp.gemini", "vertexai": "gcp.vertex_ai"}
"""How dotprompt calls providers, besides the prefixes that others use."""


class _Written(NamedTuple):
    """A prompt as a file holds it: its settings, its text, and the line that names the model."""

    settings: Mapping[str, Any]
    text: str


class PromptFileReader:
    """Reads prompts."""

    suffixes: tuple[str, ...] = (*_TEMPLATES, *_OWN, *_DATA)

    def can_read(self, file: SourceFile) -> bool:
        """Whether it may hold a prompt; what it holds is looked into when it is read."""
        return file.path.name not in _POLICIES and _TESTS.isdisjoint(file.path.parts[:-1])

    def read(self, project: Project, file: SourceFile) -> Sequence[CallSite | Unreadable]:
        """Return the prompt in a file, unless the code's own calls were followed to it.

        Raises:
            OSError: The file cannot be read.
            UnicodeDecodeError: It is not UTF-8.
        """
        if is_followed(project, file):
            return ()
        written = _written(project, file)
        return () if written is None else (_site(project, file, written),)


def is_prompt(project: Project, file: SourceFile) -> bool:
    """Whether a file is a prompt: settings in it are the prompt's, and no model list of their own."""
    try:
        return file.path.suffix.lower() in PromptFileReader.suffixes and _written(project, file) is not None
    except (OSError, UnicodeDecodeError):
        return False


def _written(project: Project, file: SourceFile) -> _Written | None:
    """Return the prompt in a file, None where it holds none."""
    found: _Written | None = project.once(("prompt", file.path), lambda: _read(project, file))
    return found


def _read(project: Project, file: SourceFile) -> _Written | None:
    suffix = file.path.suffix.lower()
    if suffix in _DATA:
        return _from_data(project, file)
    is_in_folder = _stands_among_prompts(project, file)
    if not is_in_folder and suffix not in {*_OWN, ".md", ".mdx"}:
        return None
    settings, text = _split(file.text)
    if suffix in _OWN or is_in_folder:
        return _Written(settings, text) if text.strip() else None
    name, _ = _told_model(settings)
    is_told = name is not None and is_model_name(name.removeprefix("deployment:"))
    return _Written(settings, text) if is_told and text.strip() else None


def _from_data(project: Project, file: SourceFile) -> _Written | None:
    """Return the prompt that YAML or JSON holds: by its keys, or for it stands among prompts."""
    if not any(word in file.text for word in _SPOKEN):
        return None
    content = project.configuration(file)
    if not isinstance(content, dict):
        return None
    keys = content.keys()
    is_among = _stands_among_prompts(project, file) or ".prompt." in file.path.name
    if not keys & _SPOKEN or not (is_among or keys & _BESIDE):
        return None
    if not is_among and not _is_spoken(content):
        return None
    text = "\n".join(_texts(content))
    return _Written(content, text) if text.strip() else None


def _is_spoken(content: Mapping[str, Any]) -> bool:
    """Whether a file that stands anywhere is a prompt, and not settings that have a key of the same name."""
    if content.get("_type") in {"prompt", "chat", "few_shot"} and "template" in content:
        return True
    messages = content.get("messages")
    if isinstance(messages, list) and messages and isinstance(messages[0], dict) and "role" in messages[0]:
        return "model" in content
    has_text = any(isinstance(content.get(key), str) and " " in content[key] for key in _SPOKEN)
    name, _ = _told_model(content)
    return has_text and name is not None and is_model_name(name.removeprefix("deployment:"))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for key in _TEXTS:
            if key in value:
                yield from _texts(value[key])


def _split(text: str) -> tuple[dict[str, Any], str]:
    """Return the front matter of a file, as far as it is YAML, and the text below it."""
    found = _FRONT_MATTER.match(text)
    if found is None:
        return {}, text
    try:
        settings = yaml.safe_load(found[1] or "")
    except (yaml.YAMLError, ValueError):
        return {}, text[found.end() :]
    return settings if isinstance(settings, dict) else {}, text[found.end() :]


def _stands_among_prompts(project: Project, file: SourceFile) -> bool:
    """Whether a file is in a directory of prompts: one that ``updates:`` names, or one called so."""
    if _NO_PROMPT.fullmatch(file.path.stem):
        return False
    if any(file.path.is_relative_to(folder) for folder in _told_folders(project)):
        return True
    return any(_FOLDER.fullmatch(part) for part in file.path.parts[:-1])


def _told_folders(project: Project) -> tuple[str, ...]:
    """Return the directories that ``updates:`` names, from the project's root."""
    return project.once("directories of prompts", lambda: tuple(_folders(project)))


def _folders(project: Project) -> Iterator[str]:
    for name in (".github/crashlens.yml", "crashlens.yml", ".github/crashlens.yaml"):
        for file in project.ending_with(name)[:1]:
            content = project.configuration(file)
            updates = content.get("updates") if isinstance(content, dict) else None
            for update in updates if isinstance(updates, list) else ():
                if isinstance(update, dict) and update.get("package-ecosystem") == "llm-prompts":
                    folder = str(update.get("directory", "")).strip("/")
                    if folder:
                        yield folder


def _site(project: Project, file: SourceFile, written: _Written) -> CallSite:
    name, model_line = _told_model(written.settings)
    provider, model, origin, why = _model(project, name)
    text = _COMMENT.sub("", written.text)
    known = _VARIABLE.sub("", text)
    tokens = count(known, model)
    return CallSite(
        Location(file.shown, _line_of(file, model_line) if model_line else 1),
        "prompt",
        "prompt",
        symbol=_symbol(file.path),
        provider=provider,
        model=model,
        model_origin=origin if model else "unknown",
        task_type=task_of([file.path.name.partition(".")[0]], [known]),
        max_output_tokens=_limit(written.settings, 0),
        prompt_tokens=tokens.tokens,
        is_exact=tokens.is_exact,
        is_prompt_whole=known == text,
        unknown_model="" if model else why,
    )


def _told_model(settings: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return the model that settings name, and the text by which its line is found."""
    told = settings.get("model") or settings.get("llm")
    if isinstance(told, str):
        return told, told
    places = [told, settings.get("config"), settings.get("configuration"), settings.get("parameters")]
    for place in places:
        inner = place.get("configuration", place) if isinstance(place, dict) else None
        for one in (inner, place):
            for key in _MODELS if one is not None and place is told else _MODELS[:5]:
                value = one.get(key) if isinstance(one, dict) else None
                if isinstance(value, str) and value:
                    return (f"deployment:{value}" if "deployment" in key else value), value
    return None, None


def _model(project: Project, name: str | None) -> tuple[str | None, str | None, ModelOrigin, str]:
    """Return the provider and the model of a name, how it was found, and why there is none."""
    if name is None:
        return None, None, "unknown", "the prompt names no model"
    if name.startswith("deployment:"):
        return _deployed(project, "azure.ai.openai", name.removeprefix("deployment:"))
    if "${" in name or "{{" in name:
        return None, None, "unknown", "its name is put in when it runs"
    before, slash, after = name.partition("/")
    if slash and before in _PROVIDERS:
        return _PROVIDERS[before], after, "prompt_file", ""
    provider, model = plain_model(name, None, has_prefix=True)
    if provider in DEPLOYMENTS:
        return _deployed(project, provider, model or name)
    return provider, model, "prompt_file", ""


def _deployed(
    project: Project, provider: str | None, deployment: str
) -> tuple[str | None, str | None, ModelOrigin, str]:
    model, origin = model_of_deployment(deployment, project.deployments)
    origin = "prompt_file" if origin == "configuration" else origin
    return provider, model, origin, unknown_deployment(deployment)


def _limit(settings: Mapping[str, Any], depth: int) -> int | None:
    for key in _LIMITS:
        value = settings.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
    for key in _NESTED if depth < 2 else ():
        inner = settings.get(key)
        found = _limit(inner, depth + 1) if isinstance(inner, dict) else None
        if found is not None:
            return found
    return None


def _line_of(file: SourceFile, written: str) -> int:
    """Return the line in which the model stands."""
    pattern = re.compile(rf"(?:model|deployment|name|id)\b.*{re.escape(written)}")
    return next((n for n, line in enumerate(file.text.splitlines(), 1) if pattern.search(line)), 1)


def _symbol(path: PurePosixPath) -> str:
    """Return the prompt's path with dots: ``prompts.support.summarize``."""
    name = path.name.partition(".")[0] or path.name
    return ".".join(part.lstrip(".") for part in (*path.parts[:-1], name))


READER: SourceReader = PromptFileReader()
