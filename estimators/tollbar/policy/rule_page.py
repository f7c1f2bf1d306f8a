"""A page for each rule, and an index of them, in Markdown: written from METADATA, parameters and examples."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tollbar.policy.rules import Parameter, Rule

_ALL_RULES_HAVE = (
    "| `mode` | `off`, `advisory`, `warn`, `approve`, `enforce` | {mode} | how grave a finding is |\n"
    "| `enforce_from` | a day | | the rule is enforced from this day on, and only warns before |"
)
_GROUPS = {
    "integrity": "Integrity: can the estimate be trusted?",
    "infrastructure": "Infrastructure: what may be built, where, and for how much?",
    "governance": "Governance: whose is it, who approved it, what is exempt?",
    "llm": "Language models: which model for which task, how often, how long?",
    "budget": "Budgets and trends: what comes on top of what was spent and deployed before?",
    "efficiency": "Efficiency: is the same to be had for less?",
}
_ORIGIN = "<!-- Written by `make reference` from the rule's METADATA, its data.json and its examples. -->"


@dataclass(frozen=True, slots=True)
class ShownExample:
    """An example as a page shows it: its files by name, the command, and what it printed."""

    kind: str
    command: str
    files: Mapping[str, str]
    output: str


def rule_page(rule: Rule, examples: Sequence[ShownExample]) -> str:
    """Return the page of one rule."""
    return "\n".join(_page(rule, examples)) + "\n"


def index_page(rules: Iterable[Rule]) -> str:
    """Return the page that lists all rules by group."""
    return "\n".join(_index(rules)) + "\n"


def _index(rules: Iterable[Rule]) -> Iterator[str]:
    rules = sorted(rules, key=lambda rule: rule.code)
    yield "# The rules"
    yield ""
    yield _ORIGIN
    yield ""
    yield f"{len(rules)} rules. Each is set under `policies.rules` in tollbar.yml by its name."
    yield "`tollbar policy explain CODE` tells the same in a terminal."
    for category, group in groupby(rules, key=lambda rule: rule.category):
        yield ""
        yield f"## {_GROUPS.get(category, category)}"
        yield ""
        yield "| code | rule | mode | what holds |"
        yield "| --- | --- | --- | --- |"
        yield from (
            f"| [{rule.code}]({rule.code}.md) | `{rule.name}` | {rule.default_mode} | {rule.title} |" for rule in group
        )


def _page(rule: Rule, examples: Sequence[ShownExample]) -> Iterator[str]:
    yield f"# {rule.code} {rule.name}"
    yield ""
    yield _ORIGIN
    yield ""
    yield f"**{rule.title}.** {_modes_of(rule)} Since {rule.since}."
    yield ""
    yield _wrapped(rule.description)
    yield ""
    yield "## How to fix it"
    yield ""
    yield _wrapped(_without_placeholders(rule.remediation))
    yield ""
    yield from _parameters(rule)
    seen: set[tuple[str, str]] = set()
    for example in examples:
        yield from _example(example, {name: text for name, text in example.files.items() if (name, text) not in seen})
        seen.update(example.files.items())
    yield from _exemptions(rule)


def _modes_of(rule: Rule) -> str:
    if "mode" not in rule.params:
        return f"A rule of the group {rule.category} that is always on."
    return f"A rule of the group {rule.category}, by default in mode `{rule.default_mode}`."


def _parameters(rule: Rule) -> Iterator[str]:
    yield "## Parameters"
    yield ""
    if "mode" not in rule.params:
        yield "It has none."
        yield ""
        return
    yield "| parameter | is | default | what it does |"
    yield "| --- | --- | --- | --- |"
    yield _ALL_RULES_HAVE.format(mode=f"`{rule.default_mode}`")
    yield from (_parameter_row(parameter) for parameter in rule.parameters)
    yield ""


def _parameter_row(parameter: Parameter) -> str:
    default = _cell(f"`{json.dumps(parameter.default)}`")
    return f"| `{parameter.name}` | {_type_of(parameter.schema)} | {default} | {_cell(parameter.description)} |"


def _type_of(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    types = schema.get("type", "any")
    return " or ".join(_NOUNS.get(name, name) for name in ([types] if isinstance(types, str) else types))


_NOUNS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "a map",
    "string": "text",
}


def _example(example: ShownExample, files: Mapping[str, str]) -> Iterator[str]:
    yield f"## {example.kind.capitalize()}"
    yield ""
    for name, text in files.items():
        yield f"`{name}`"
        yield ""
        yield f"```{_LANGUAGES.get(name.rpartition('.')[2], '')}"
        yield text.rstrip("\n")
        yield "```"
        yield ""
    yield "```text"
    yield f"$ {example.command}"
    yield example.output.rstrip("\n")
    yield "```"
    yield ""


_LANGUAGES = {"tf": "hcl", "yml": "yaml", "yaml": "yaml", "json": "json", "csv": "csv"}


def _exemptions(rule: Rule) -> Iterator[str]:
    if "mode" not in rule.params:
        return
    yield "## How to exempt"
    yield ""
    if isinstance(rule.params.get("exempt_tag"), str):
        yield f"Set the tag `{rule.params['exempt_tag']}`, or write an exemption into tollbar.yml; both stay visible:"
    else:
        yield "Write an exemption into tollbar.yml; it stays visible in every report:"
    yield ""
    yield "```yaml"
    yield "version: 1"
    yield "exemptions:"
    yield f"  - {{id: EX-1, rules: [{rule.code}], address: ADDRESS, reason: WHY, approver: WHO, expires: 2027-01-31}}"
    yield "```"
    yield ""
    yield "Leave `address` out where the finding is of the deployment as a whole."


def _without_placeholders(text: str) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda match: f"*{match[1].replace('_', ' ')}*", text)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


def _wrapped(text: str) -> str:
    paragraphs = text.strip().split("\n\n")
    return "\n\n".join(textwrap.fill(" ".join(paragraph.split()), 110) for paragraph in paragraphs)
