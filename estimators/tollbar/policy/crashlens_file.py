"""``.github/crashlens.yml``: policies on language models as people write them, compiled to parameters of rules.

A policy is named by ``enforce`` and has rules, each about one matter: which models are too much for a task (rule
model_overkill), how often a call is retried (llm_retries), how much it may write (output_limit). What is to be
done, ``actions``, and whom to tell, ``alert_channel``, stand in a rule or in its policy. The same list may stand
as ``policies`` in tollbar.yml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field, model_validator

from tollbar.errors import ConfigError
from tollbar.location import Location
from tollbar.yaml_model import Section, validated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tollbar.yaml_file import YamlFile

Action = Literal["block_pr", "slack_notify"]
Text = Field(default=None, min_length=1)
_DIALECT_KEYS = ("if", "match")
"""What a rule of CrashLens 2.20 (its guard rules, and its policy templates) has, and none of these files."""
_INSTEAD = """Write what is limited instead of a condition:
    policies:
      - enforce: NAME
        rules:
          - {task_type: summarization, input_tokens_max: 500, disallowed_models: [gpt-4], suggest_fallback: gpt-4o-mini}
          - {max_retries: 3, model_scope: [all]}
          - {task_type: content_generation, max_output_tokens: 750}
        actions: [block_pr]
  `action: fail_ci` (or fail) is `actions: [block_pr]`, `action: warn` is `actions: [slack_notify]`. See
  docs/llm-policy.md."""


class Schedule(Section):
    """How often the policies are checked."""

    interval: Literal["daily", "weekly", "monthly"]


class Update(Section):
    """Which prompts are looked at, and how often."""

    package_ecosystem: str = Field(alias="package-ecosystem", min_length=1)
    directory: str = Field(min_length=1)
    schedule: Schedule | None = None


class PolicyRule(Section):
    """One matter of a policy."""

    task_type: str | None = Text
    input_tokens_max: int | None = Field(default=None, ge=0)
    disallowed_models: tuple[str, ...] | None = Field(default=None, min_length=1)
    suggest_fallback: str | None = Text
    max_retries: int | None = Field(default=None, ge=0)
    model_scope: tuple[str, ...] | None = Field(default=None, min_length=1)
    max_output_tokens: int | None = Field(default=None, ge=1)
    alert_channel: str | None = Text
    actions: tuple[Action, ...] | None = None

    @model_validator(mode="after")
    def _says_one_matter(self) -> Self:
        limits = (self.disallowed_models, self.max_retries, self.max_output_tokens)
        if all(limit is None for limit in limits):
            raise ValueError("tell what it limits: disallowed_models, max_retries or max_output_tokens")
        for name in ("input_tokens_max", "suggest_fallback"):
            if getattr(self, name) is not None and self.disallowed_models is None:
                raise ValueError(f"{name} needs disallowed_models")
        if self.model_scope is not None and self.max_retries is None:
            raise ValueError("model_scope needs max_retries")
        if self.suggest_fallback is not None and self.suggest_fallback in (self.disallowed_models or ()):
            raise ValueError(f"{self.suggest_fallback} is suggested and disallowed")
        return self

    def cases(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each rule of Tollbar that this is about, with what it is to find."""
        if self.disallowed_models is not None:
            names = ("task_type", "input_tokens_max", "disallowed_models", "suggest_fallback")
            yield "model_overkill", self._told(*names)
        if self.max_retries is not None:
            yield "llm_retries", self._told("max_retries", "model_scope")
        if self.max_output_tokens is not None:
            yield "output_limit", self._told("task_type", "max_output_tokens")

    def _told(self, *names: str) -> dict[str, Any]:
        found = {name: getattr(self, name) for name in names}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in found.items()
            if value is not None
        }


class Policy(Section):
    """Rules under one name; actions and channel are those of all its rules that tell none."""

    enforce: str = Field(min_length=1)
    description: str | None = None
    rules: tuple[PolicyRule, ...] = Field(min_length=1)
    alert_channel: str | None = Text
    actions: tuple[Action, ...] | None = None


class PolicyFile(Section):
    """The whole file."""

    version: Literal[1]
    updates: tuple[Update, ...] = ()
    policies: tuple[Policy, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What one rule of Tollbar is to find, and where that is told."""

    rule: str
    params: Mapping[str, Any]
    location: Location

    @property
    def policy(self) -> str | None:
        """The policy it comes from."""
        return self.params.get("policy")

    @property
    def subject(self) -> tuple[str, ...]:
        """What it is about: of two cases about the same, only one can hold."""
        told = self.params
        subjects = {
            "model_overkill": (
                str(told.get("task_type", "any")),
                str(told.get("input_tokens_max", "")),
                *_names(told.get("disallowed_models")),
            ),
            "llm_retries": _names(told.get("model_scope", ["all"])),
        }
        return (self.rule, *subjects.get(self.rule, (str(told.get("task_type", "any")),)))

    @property
    def demand(self) -> dict[str, Any]:
        """What it demands of that: all but its name and whom to tell."""
        return {key: value for key, value in self.params.items() if key not in {"policy", "alert_channel", "notify"}}


def read_policies(text: str, name: str) -> list[Case]:
    """Return the cases of a policy file.

    Raises:
        ConfigError: Not YAML, an unknown key or action (the nearest known one is named), a value that is not what was
            expected, or a contradiction; with file, line and column.
    """
    from tollbar.yaml_file import read_yaml_documents  # noqa: PLC0415 -- only where there is such a file

    documents = read_yaml_documents(text, name, ConfigError)
    if len(documents) != 1:
        raise ConfigError("expected one YAML document that starts with `version: 1`", location=Location(name))
    (document,) = documents
    _refuse_other_dialect(document)
    try:
        hints = {"version": "Start the file with `version: 1`."}
        validated(PolicyFile, document.plain(), document, hints=hints)
        return policy_cases(document.plain().get("policies", []), document)
    except ConfigError as error:
        raise _with_column(error, text) from None


def _refuse_other_dialect(document: YamlFile) -> None:
    """Refuse rules on single log lines, as CrashLens 2 has them: they say nothing of a task, a fallback or a limit.

    Raises:
        ConfigError: Such rules stand at the top of the file, or in one of its policies.
    """
    content = document.plain()
    policies = content.get("policies")
    lists: list[tuple[list[str | int], object]] = [(["rules"], content.get("rules"))]
    for number, policy in enumerate(policies if isinstance(policies, list) else ()):
        rules = policy.get("rules") if isinstance(policy, dict) else None
        lists.append((["policies", number, "rules"], rules))
    for steps, rules in lists:
        for number, rule in enumerate(rules if isinstance(rules, list) else ()):
            mark = next((key for key in _DIALECT_KEYS if isinstance(rule, dict) and key in rule), None)
            if mark is not None:
                raise ConfigError(
                    f"a rule with `{mark}` is CrashLens 2's dialect (conditions on single log lines), which is not "
                    "read here",
                    location=document.location([*steps, number]),
                    hint=_INSTEAD,
                )


def policy_cases(policies: Sequence[Any], document: YamlFile) -> list[Case]:
    """Return the cases of the list ``policies`` of a file.

    Raises:
        ConfigError: As for a policy file.
    """
    cases: list[Case] = []
    names: set[str] = set()
    for number, content in enumerate(policies):
        policy = validated(Policy, content, document, ["policies", number])
        if policy.enforce in names:
            place = document.location(["policies", number, "enforce"])
            raise ConfigError(f"two policies are called {policy.enforce!r}", location=place)
        names.add(policy.enforce)
        for place_in_policy, rule in enumerate(policy.rules):
            location = document.location(["policies", number, "rules", place_in_policy])
            cases += [Case(name, _params(policy, rule, told), location) for name, told in rule.cases()]
    return without_contradictions(cases)


def without_contradictions(cases: Sequence[Case]) -> list[Case]:
    """Return the cases, those that are told twice once.

    Raises:
        ConfigError: Two demand different things of the same calls, or files have different policies of one name.
    """
    kept: dict[tuple[str, ...], Case] = {}
    for case in cases:
        other = kept.setdefault(case.subject, case)
        if other.demand != case.demand:
            raise ConfigError(
                f"this contradicts {_called(other)} at {other.location}: {_difference(case, other)}",
                location=case.location,
                hint=f"Keep one of them: both are about the same calls ({case.rule}).",
            )
    return list(kept.values())


def _params(policy: Policy, rule: PolicyRule, told: Mapping[str, Any]) -> dict[str, Any]:
    actions = policy.actions if rule.actions is None else rule.actions
    mode = _mode(actions or ())
    channel = rule.alert_channel or policy.alert_channel
    return {
        "policy": policy.enforce,
        **told,
        **({"mode": mode} if mode else {}),
        **({"alert_channel": channel} if channel else {}),
        **({} if actions is None or "slack_notify" in actions else {"notify": False}),
    }


def _mode(actions: Sequence[Action]) -> str | None:
    """Return the mode that some actions ask for; None, that of the rule, where there are none."""
    if "block_pr" in actions:
        return "enforce"
    return "warn" if actions else None


def _called(case: Case) -> str:
    return f"the policy {case.policy!r}" if case.policy else f"a case of {case.rule}"


def _names(value: object) -> tuple[str, ...]:
    return tuple(sorted(map(str, value))) if isinstance(value, list | tuple) else (str(value),)


def _difference(case: Case, other: Case) -> str:
    """Return the first thing in which two cases differ."""
    keys = dict.fromkeys((*case.demand, *other.demand))
    key = next(key for key in keys if case.demand.get(key) != other.demand.get(key))
    here, there = (found.demand.get(key, "not set") for found in (case, other))
    return f"{key} is {here} here and {there} there"


def _with_column(error: ConfigError, text: str) -> ConfigError:
    """Return an error that tells the column, too: that of the key it names, else of what stands first in the line."""
    place = error.location
    if place is None or place.line is None or "(column" in error.message:
        return error
    line = text.splitlines()[place.line - 1]
    field = re.match(r"(?:unknown key ')?([\w-]+(?:\.[\w-]+)*)", error.message)
    steps = field[1].split(".") if field else []
    key = next((step for step in reversed(steps) if not step.isdigit()), "")
    found = re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", line)
    column = found.start() if found else len(line) - len(line.lstrip())
    return ConfigError(f"{error.message} (column {column + 1})", location=place, hint=error.hint)
