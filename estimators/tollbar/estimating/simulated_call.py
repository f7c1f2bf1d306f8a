"""A call that nobody has written yet, with what it is priced and judged by: settings, policies, prices, the engine."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.estimating.configured_catalog import open_configured_catalog
from tollbar.estimating.request import Request, settings_of
from tollbar.llm.policies import policies_of, policy_called, settings_with
from tollbar.llm.simulation import simulate
from tollbar.llm.tasks import require_task
from tollbar.policy.library import policy_library
from tollbar.policy.opa_binary import find_opa, local_engine
from tollbar.policy.rules import read_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.llm.policies import LlmPolicy
    from tollbar.llm.simulation import Scenario, Simulation
    from tollbar.policy.config import Config


def simulate_call(
    scenario: Scenario,
    policy: str | None,
    compare: Sequence[str],
    config: Config,
    file: Path | None,
    opa: str | None,
    now: str | None = None,
) -> Simulation:
    """Return what a policy, or all of a configuration, say of a call, and of the same call with other models.

    ``file`` is where the configuration stands, ``opa`` the binary where one is named.

    Raises:
        ConfigError: A policy, model or task is not known; the nearest is named.
        EngineError: The policy could not be evaluated.
    """
    here = [Path()]
    known = policies_of(config, policy_library())
    policies = known if policy is None else policy_called(policy, known, lambda: _codes(opa))
    if scenario.task is not None:
        require_task(scenario.task, known)
    settings = settings_of(Request(here, config_file=file, now=now, process_environment=os.environ), config, here)
    settings = replace(settings, other_models=_fallbacks(policies))
    engine = local_engine(opa, settings_with(policies, config), (), f"{file}: policies")
    catalog = open_configured_catalog(config, file, os.environ, settings.day)
    try:
        return simulate(scenario, policies, engine, settings, catalog, compare)
    finally:
        catalog.close()


def _codes(opa: str | None) -> dict[str, str]:
    return {rule.code: rule.name for rule in read_rules(find_opa(opa), policy_library())}


def _fallbacks(policies: Sequence[LlmPolicy]) -> tuple[str, ...]:
    """Return the models that the policies suggest: their price tells what is saved."""
    named = (case.get("suggest_fallback") for policy in policies for _, case in policy.cases)
    return tuple(dict.fromkeys(str(model) for model in named if model is not None))
