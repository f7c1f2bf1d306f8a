"""The policies on language models that hold here: by the names people gave them, and what each asks of the rules.

A policy of ``.github/crashlens.yml`` is made of cases of up to three rules. Where nobody wrote cases of a rule, the
library's own hold; they are tried under the names that such files usually have (``prevent-model-overkill``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tollbar.errors import ConfigError
from tollbar.spelling import nearest_or_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tollbar.policy.config import Config

SHIPPED = {
    "model_overkill": "prevent-model-overkill",
    "llm_retries": "cap-llm-retries",
    "output_limit": "limit-output-tokens",
}
"""What the library's own cases of a rule are called."""
_OFF = ("off", False)


@dataclass(frozen=True, slots=True)
class LlmPolicy:
    """One policy. ``rules`` are the settings of the rules that it comes to, its own cases only.

    ``is_shipped`` means that its cases are the library's own, and ``is_rule`` that it is a rule without cases, by its
    name. ``as_if_enforced`` means that a violation denies here, and would only warn in a check.
    """

    name: str
    rules: Mapping[str, Mapping[str, Any]]
    is_shipped: bool = False
    is_rule: bool = False
    as_if_enforced: bool = False

    @property
    def is_off(self) -> bool:
        """Whether none of its rules is on."""
        return all(told.get("mode") in _OFF for told in self.rules.values())

    @property
    def cases(self) -> list[tuple[str, Mapping[str, Any]]]:
        """Its cases, each with its rule."""
        return [(rule, case) for rule, told in self.rules.items() for case in told.get("cases", ())]

    @property
    def channels(self) -> tuple[str, ...]:
        """The alert channels of its cases."""
        return tuple(dict.fromkeys(str(case["alert_channel"]) for _, case in self.cases if "alert_channel" in case))


def policies_of(config: Config, library: Path) -> list[LlmPolicy]:
    """Return the policies that hold under a configuration, with the rules of the library that have no cases."""
    policies: dict[str, LlmPolicy] = {}
    shipped = dict(_shipped_settings(library))
    written = config.policies.rules
    nobody_wrote = not any(_cases(written.get(rule, {})) for rule in SHIPPED)
    for rule, defaults in shipped.items():
        own = {"mode": _mode(config, rule, defaults), **written.get(rule, {})}
        if cases := _cases(own):
            for name, part in _by_policy(rule, cases).items():
                told = policies.get(name, LlmPolicy(name, {})).rules
                policies[name] = LlmPolicy(name, {**told, rule: {**own, "cases": part}})
        elif rule in SHIPPED:
            is_set = "mode" in written.get(rule, {}) or config.policies.mode is not None
            mode = {"mode": "enforce"} if nobody_wrote and not is_set else {}
            cases = defaults["params"]["cases"]["default"]
            settings = {**own, **mode, "cases": cases}
            policies[SHIPPED[rule]] = LlmPolicy(
                SHIPPED[rule], {rule: settings}, is_shipped=True, as_if_enforced=bool(mode)
            )
        else:
            policies[rule] = LlmPolicy(rule, {rule: own}, is_rule=True)
    return list(policies.values())


def policy_called(name: str, policies: Sequence[LlmPolicy], codes: Callable[[], Mapping[str, str]]) -> list[LlmPolicy]:
    """Return the policies with a name: that of a policy or of a rule, or a rule's code.

    ``codes`` gives the rules' names by their codes; it is asked only where no policy has the name.

    Raises:
        ConfigError: There is none; the nearest known name is told.
    """
    found = [policy for policy in policies if policy.name == name]
    if not found:
        rule = codes().get(name.upper(), name.replace("-", "_"))
        found = [policy for policy in policies if rule in policy.rules]
    if not found:
        raise ConfigError(
            f"there is no policy {name!r} on language models",
            hint=nearest_or_all(name, [policy.name for policy in policies]),
        )
    return [_enforced(policy) for policy in found]


def settings_with(policies: Iterable[LlmPolicy], config: Config) -> dict[str, Any]:
    """Return the settings under which these policies alone decide; approvers and exemptions stay."""
    rules: dict[str, dict[str, Any]] = {}
    for policy in policies:
        for rule, told in policy.rules.items():
            cases = [*rules.get(rule, {}).get("cases", ()), *told.get("cases", ())]
            rules[rule] = {**told, **({"cases": cases} if cases else {})}
    only = config.policies.model_copy(update={"mode": "off", "rules": rules})
    return config.model_copy(update={"policies": only}).policy_settings()


def _enforced(policy: LlmPolicy) -> LlmPolicy:
    """Return a policy that is asked for by name so that its violation denies, where nobody said what it is to do."""
    if not policy.is_shipped or policy.as_if_enforced:
        return policy
    rules = {rule: {**told, "mode": "enforce"} for rule, told in policy.rules.items() if told.get("mode") == "warn"}
    return LlmPolicy(policy.name, {**policy.rules, **rules}, is_shipped=True, as_if_enforced=bool(rules))


def _shipped_settings(library: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each rule on language models by its name, with its default mode and the schema of its parameters."""
    for file in sorted(library.glob("tollbar/rules/llm/*/data.json")):
        yield file.parent.name, json.loads(file.read_text(encoding="utf-8"))


def _mode(config: Config, rule: str, defaults: Mapping[str, Any]) -> Any:  # noqa: ANN401 -- text, or YAML's bare off
    own = config.policies.rules.get(rule, {}).get("mode")
    if own is not None:
        return own
    return defaults["mode"] if config.policies.mode is None else config.policies.mode


def _cases(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the cases of a rule's settings; what is none is left to the policy, which says what is wrong (TB003)."""
    cases = told.get("cases")
    return [case for case in cases if isinstance(case, dict)] if isinstance(cases, list | tuple) else []


def _by_policy(rule: str, cases: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    parts: dict[str, list[Mapping[str, Any]]] = {}
    for case in cases:
        parts.setdefault(str(case.get("policy", rule)), []).append(case)
    return parts
