"""Policy files that people have (``.github/crashlens.yml``) beside ``tollbar.yml``: read, and merged into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tollbar.errors import ConfigError
from tollbar.location import Location
from tollbar.policy.crashlens_file import Case, read_policies, without_contradictions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from tollbar.policy.config import Config

_OFF = ("off", False)


def policy_texts(files: Iterable[Path], working_directory: Path) -> list[tuple[str, str]]:
    """Return policy files as their name, as short as the working directory allows, and their text.

    Raises:
        ConfigError: One cannot be read.
    """
    here = working_directory.resolve()
    found = []
    for file in files:
        name = str(file.relative_to(here)) if file.is_relative_to(here) else str(file)
        try:
            found.append((name, file.read_text(encoding="utf-8-sig")))
        except (OSError, UnicodeDecodeError) as wrong:
            raise ConfigError("this policy file cannot be read as text", location=Location(name)) from wrong
    return found


def with_policies(config: Config, config_name: str, texts: Sequence[tuple[str, str]]) -> Config:
    """Return the configuration with the policies of some files, given as name and text, merged into it.

    Raises:
        ConfigError: A file is not what it should be, or contradicts the configuration or another file.
    """
    cases = [case for name, text in texts for case in read_policies(text, name)]
    if not cases:
        return config
    _refuse_different_policies(cases)
    rules = dict(config.policies.rules)
    for rule in dict.fromkeys(case.rule for case in cases):
        own = rules.get(rule, {})
        added = [case for case in cases if case.rule == rule]
        _refuse_switched_off(rule, own, added[0], config_name)
        cases_told = own.get("cases", [])
        if not isinstance(cases_told, list) or not all(isinstance(params, dict) for params in cases_told):
            continue  # the rule that checks the settings (TB003) says what is wrong with them
        told = [Case(rule, params, Location(config_name)) for params in cases_told]
        merged = [dict(case.params) for case in without_contradictions([*told, *added])]
        # Policies of a file of their own hold, whatever the mode of all other rules.
        mode = {"mode": "warn"} if "mode" not in own and config.policies.mode in _OFF else {}
        rules[rule] = {**own, **mode, "cases": merged}
    return config.model_copy(update={"policies": config.policies.model_copy(update={"rules": rules})})


def _refuse_different_policies(cases: Iterable[Case]) -> None:
    """Raise ConfigError where two files have different policies of one name."""
    files: dict[tuple[str | None, str], list[Case]] = {}
    for case in cases:
        files.setdefault((case.policy, case.location.file), []).append(case)
    first: dict[str | None, list[Case]] = {}
    for (policy, _), found in files.items():
        other = first.setdefault(policy, found)
        if [case.demand for case in found] != [case.demand for case in other]:
            raise ConfigError(
                f"the policy {policy!r} is another one at {other[0].location}",
                location=found[0].location,
                hint="Keep one of them, or give it another name.",
            )


def _refuse_switched_off(rule: str, own: Mapping[str, Any], case: Case, config_name: str) -> None:
    if own.get("mode") in _OFF and "mode" in own:
        raise ConfigError(
            f"{config_name} switches {rule} off, and the policy {case.policy!r} needs it",
            location=case.location,
            hint=f"Take policies.rules.{rule}.mode away, or the policy.",
        )
