"""A file of what came before: deployments, where no ledger is kept, and what was spent this month.

It is the contract's ``history`` as YAML or JSON::

    deployments:
      - {time: 2026-11-20T10:00:00Z, name: shop, environment: dev, monthly_cost: 900, delta: 100, outcome: allow}
    spend:
      - {team: checkout, month: 2026-11, as_of: 2026-11-20, amount: 12400}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.errors import ConfigError
from tollbar.estimate import History, PastDeployment, Spend
from tollbar.yaml_file import read_yaml
from tollbar.yaml_model import Section, validated

if TYPE_CHECKING:
    from pathlib import Path


class _File(Section):
    deployments: tuple[PastDeployment, ...] = ()
    spend: tuple[Spend, ...] = ()


def read_history_file(file: Path) -> History:
    """Return the history in a file.

    Raises:
        ConfigError: Not readable, not YAML, an unknown key or a value that is not what was expected; with file
            and line.
    """
    document = read_yaml(file, ConfigError, expected="a mapping with deployments and spend")
    content = validated(_File, document.plain(), document)
    return History(deployments=content.deployments, spend=content.spend)
