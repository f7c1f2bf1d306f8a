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
class Rule:
    """What a rule's METADATA say of it."""

    code: str
    name: str
    category: str
    title: str
    description: str
    default_mode: str
    remediation: str
    since: str
    params: dict[str, Any] = field(default_factory=dict)


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
    name = path[path.index("rules") + 2] if "rules" in path else path[-1]
    return Rule(
        code=custom["code"],
        name=name,
        category=custom.get("category", ""),
        title=annotations.get("title", ""),
        description=annotations.get("description", ""),
        default_mode=custom.get("default_mode", ""),
        remediation=custom.get("remediation", ""),
        since=custom.get("since", ""),
        params=_defaults(library, path[path.index("rules") + 1 :]) if "rules" in path else {},
    )


def _defaults(library: Path, steps: list[str]) -> dict[str, Any]:
    file = library.joinpath("tollbar", "rules", *steps, "data.json")
    if not file.is_file():
        return {}
    declared: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    mode = {"mode": declared["mode"]} if "mode" in declared else {}
    return mode | {name: schema["default"] for name, schema in declared["params"].items()}
