"""The file of what came before."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tollbar.errors import ConfigError
from tollbar.estimate import History, PastDeployment, Spend
from tollbar.ledger.history_file import read_history_file

if TYPE_CHECKING:
    from pathlib import Path

YAML = """\
deployments:
  - {time: 2026-11-20T10:00:00Z, name: shop, environment: dev, monthly_cost: 900, delta: 100.5, outcome: allow}
spend:
  - {team: checkout, month: 2026-11, as_of: 2026-11-20, amount: 12400.10}
"""
JSON = """\
{"deployments": [{"time": "2026-11-20T10:00:00Z", "name": "shop", "environment": "dev", "monthly_cost": 900,
  "delta": 100.5, "outcome": "allow"}],
 "spend": [{"team": "checkout", "month": "2026-11", "as_of": "2026-11-20", "amount": 12400.10}]}
"""


@pytest.mark.parametrize("text", [YAML, JSON])
def test_a_file_in_the_words_of_the_contract(tmp_path: Path, text: str) -> None:
    file = tmp_path / "history.yml"
    file.write_text(text, encoding="utf-8")
    assert read_history_file(file) == History(
        deployments=(
            PastDeployment(
                time="2026-11-20T10:00:00Z", name="shop", environment="dev", monthly_cost=Decimal(900),
                delta=Decimal("100.5"), outcome="allow",
            ),
        ),
        spend=(Spend(team="checkout", month="2026-11", as_of="2026-11-20", amount=Decimal("12400.10")),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("spent: []\n", r"history.yml:1: unknown key 'spent'\n  Did you mean 'spend'\?"),
        ("spend:\n  - {month: 2026-11, as_of: 2026-11-20}\n", r"history.yml:2: spend.0.amount is missing"),
        ("spend:\n  - {month: November, as_of: 2026-11-20, amount: 1}\n", r"history.yml:2: spend.0.month: .* pattern"),
        (YAML.replace("T10:00:00Z", ""), r"history.yml:2: deployments.0.time: .* pattern"),
        ("[]\n", "history.yml:1: expected a mapping with deployments and spend"),
    ],
)
def test_a_file_that_is_not_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "history.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        read_history_file(file)
