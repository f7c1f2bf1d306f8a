"""The rules there are, read from the METADATA of the Rego library by ``opa inspect``."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tollbar.errors import ConfigError, EngineError
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that can be set of a rule. ``schema`` is its JSON Schema, the default left out."""

    name: str
    description: str
    default: Any
    schema: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule's METADATA and the ``data.json`` beside it say of it; ``params`` are the defaults by name."""

    code: str
    name: str
    category: str
    title: str
    description: str
    default_mode: str
    remediation: str
    since: str
    params: dict[str, Any] = field(default_factory=dict)
    message: str = ""
    parameters: tuple[Parameter, ...] = ()


def read_rules(opa: Path, library: Path) -> list[Rule]:
    """Return the rules of a policy library, ordered by their code.

    Raises:
        EngineError: ``opa inspect`` failed.
    """
    done = subprocess.run(  # noqa: S603 -- the program is the engine the user chose
        [str(opa), "inspect", "--annotations", "--format", "json", str(library)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise EngineError(f"opa inspect failed: {done.stderr.strip() or done.stdout.strip()}")
    inspected = json.loads(done.stdout)
    found = (_rule(entry, library) for entry in inspected.get("annotations", []))
    return sorted((rule for rule in found if rule is not None), key=lambda rule: rule.code)


def rule_of_code(rules: Iterable[Rule], code: str) -> Rule:
    """Return the rule with a code or name.

    Raises:
        ConfigError: There is none; the nearest known one is named.
    """
    rules = list(rules)
    for rule in rules:
        if code.upper() == rule.code or code.replace("-", "_") == rule.name:
            return rule
    known = [name for rule in rules for name in (rule.code, rule.name)]
    codes = ", ".join(rule.code for rule in rules)
    raise ConfigError(f"there is no rule {code!r}; known: {codes}", hint=did_you_mean(code, known))


def _rule(entry: dict[str, Any], library: Path) -> Rule | None:
    annotations = entry.get("annotations", {})
    custom = annotations.get("custom", {})
    if "code" not in custom:
        return None
    path = [step["value"] for step in entry["path"]]
    steps = path[path.index("rules") + 1 :] if "rules" in path else path[-1:]
    declared = _declared(library.joinpath("tollbar", "rules", *steps, "data.json"))
    parameters = tuple(_parameter(name, schema) for name, schema in declared.get("params", {}).items())
    mode = {"mode": declared["mode"]} if "mode" in declared else {}
    return Rule(
        code=custom["code"],
        name=steps[-1],
        category=custom.get("category", ""),
        title=annotations.get("title", ""),
        description=annotations.get("description", ""),
        default_mode=custom.get("default_mode", ""),
        remediation=custom.get("remediation", ""),
        since=custom.get("since", ""),
        params=mode | {parameter.name: parameter.default for parameter in parameters},
        message=custom.get("message", ""),
        parameters=parameters,
    )


def _declared(file: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return document


def _parameter(name: str, schema: dict[str, Any]) -> Parameter:
    rest = {key: value for key, value in schema.items() if key not in {"default", "description"}}
    return Parameter(name, schema.get("description", ""), schema.get("default"), rest)
