"""``tollbar.yml``: what it may say, and what a mistake in it gets."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tollbar.errors import ConfigError
from tollbar.policy.config import Config, find_config, read_config

if TYPE_CHECKING:
    from pathlib import Path


def _config(tmp_path: Path, text: str) -> Config:
    file = tmp_path / "tollbar.yml"
    file.write_text(text, encoding="utf-8")
    return read_config(file)


def test_everything_but_the_version_has_a_default(tmp_path: Path) -> None:
    config = _config(tmp_path, "version: 1\n")
    assert config.environment.default == "dev"
    assert config.hours_per_month == Decimal(730)
    assert config.policy_settings() == {"rules": {}}


def test_environments_are_those_that_are_set_and_the_usual_ones(tmp_path: Path) -> None:
    config = _config(
        tmp_path,
        "version: 1\nenvironment: qa\npolicies:\n  rules:\n"
        "    environment_limit: {limits: {Production: 5}}\n    required_tags: {tags: [team]}\n",
    )
    assert config.environments() == ("Production", "qa", "dev", "staging", "prod")


def test_prices_are_never_borrowed_unless_told(tmp_path: Path) -> None:
    assert _config(tmp_path, "version: 1\n").prices.missing_region == "unpriced"
    prices = _config(tmp_path, "version: 1\nprices: {missing_region: borrow, borrow_from: [eu-west-1]}\n").prices
    assert (prices.missing_region, prices.borrow_from) == ("borrow", ("eu-west-1",))


def test_policy_settings_are_handed_on_as_they_are(tmp_path: Path) -> None:
    config = _config(
        tmp_path,
        """
version: 1
environment: prod
policies: {rules: {environment_limit: {mode: warn, limits: {prod: 9000}}}}
approvers: [{up_to: 5000, role: team-lead}]
""",
    )
    assert config.environment.from_ == ()
    assert config.environment.default == "prod"
    assert config.policy_settings() == {
        "rules": {"environment_limit": {"mode": "warn", "limits": {"prod": 9000}}},
        "approvers": [{"up_to": 5000.0, "role": "team-lead"}],
    }


def test_exemptions_and_budgets_are_handed_on(tmp_path: Path) -> None:
    config = _config(
        tmp_path,
        """
version: 1
policies: {mode: advisory}
exemptions:
  - {id: EX-1, rules: [TB101], address: "*", reason: load test, max_monthly_cost: 4500.5, expires: 2026-12-31}
budgets: [{team: checkout, monthly: 20000}]
""",
    )
    assert config.policy_settings() == {
        "mode": "advisory",
        "rules": {},
        "exemptions": [
            {"id": "EX-1", "rules": ["TB101"], "address": "*", "reason": "load test", "max_monthly_cost": 4500.5,
             "expires": "2026-12-31"}
        ],
        "budgets": [{"team": "checkout", "monthly": 20000.0}],
    }  # fmt: skip


def test_settings_of_rules_are_json(tmp_path: Path) -> None:
    config = _config(
        tmp_path, "version: 1\npolicies: {rules: {r: {share: 0.25, from: 2027-01-01, limits: [1, 1e3]}}}\n"
    )
    settings = config.policy_settings()["rules"]["r"]
    assert settings == {"share": 0.25, "from": "2027-01-01", "limits": [1, 1000.0]}
    assert type(settings["share"]) is float


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version: 1\nteam: a\nteam: b\n", "tollbar.yml:3: 'team' is given twice"),
        ("version: 1\nprojct: x\n", "tollbar.yml:2: unknown key 'projct'\n  Did you mean 'project'?"),
        ("version: 1\nprices:\n  stale_after: 3\n", "tollbar.yml:3: unknown key 'prices.stale_after'"),
        (
            "version: 1\napprovers:\n  - {upto: 3, role: x}\n",
            "tollbar.yml:3: unknown key 'approvers.0.upto'\n  Did you mean 'up_to'?",
        ),
        ("version: 1\nprices: {books: negotiated.yml}\n", "tollbar.yml:2: prices.books: expected a list of files, or"),
        ("version: 1\nprices: {books: [1]}\n", "tollbar.yml:2: prices.books: expected a list of files, or"),
        ("version: 1\nprices:\n  missing_region: guess\n", "tollbar.yml:3: prices.missing_region: Input should be"),
        ("version: 1\ncommitments: ''\n", "tollbar.yml:2: commitments: String should have at least 1 character"),
        ("version: 1\ncommitments: [a.yml]\n", "tollbar.yml:2: commitments: expected a text"),
        ("project: x\n", "tollbar.yml:1: version is missing\n  Start the file with `version: 1`."),
        ("version: 1\nexemptions:\n  - {id: A, rules: [], reason: x}\n", "tollbar.yml:3: exemptions.0.rules: Tuple sh"),
        (
            "version: 1\nexemptions:\n  - {id: A, rules: [R], reason: x, expires: soon}\n",
            "tollbar.yml:3: exemptions.0.expires: expected a day, such as 2026-12-31",
        ),
        ("version: 1\nproject: yes\n", "tollbar.yml:2: project: expected a text\n  YAML reads this as a number, or as"),
        ("version: 1\nteam: 42\n", "tollbar.yml:2: team: expected a text\n  YAML reads this as a number, or as true"),
        ("version: 1\npolicies: {rules: {gpu: off}}\n", "tollbar.yml:2: policies.rules.gpu: expected a mapping (name:"),
        (
            "version: 1\nbudgets: [{team: a, monthly: '$1,500'}]\n",
            "tollbar.yml:2: budgets.0.monthly: expected a number, such as 12 or 0.5\n  Write 1500: a number, without",
        ),
        ("version: 1\nbudgets: [{team: a, monthly: 20,000}]\n", "tollbar.yml:2: the comma ends the number before 000"),
        ("version: 1\nbudgets:\n  - {monthly: 3}\n", "tollbar.yml:3: budgets.0: a budget is that of a team or of a"),
        ("version: 2\n", "tollbar.yml:1: version: Input should be 1"),
        ("version: 1\nhours_per_month: 900\n", "tollbar.yml:2: hours_per_month: Input should be less than"),
        ("version: [1\n", "tollbar.yml:2: not valid YAML"),
        ("- 1\n", "tollbar.yml:1: expected a mapping that starts with `version: 1`"),
        ("version: 1\nenvironment: {from: [label]}\n", "tollbar.yml:2: environment.from: 'label' is not"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        _config(tmp_path, text)
    assert message in str(error.value)


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"tollbar\.yml: cannot be read: No such file"):
        read_config(tmp_path / "tollbar.yml")


def test_the_file_beside_the_input_comes_before_the_one_here(tmp_path: Path) -> None:
    here, project = tmp_path / "here", tmp_path / "project"
    for folder in (here, project):
        folder.mkdir()
        (folder / "tollbar.yml").write_text("version: 1\n", encoding="utf-8")
    assert find_config(None, [project], here) == project / "tollbar.yml"
    assert find_config(None, [tmp_path / "plan.json"], here) == here / "tollbar.yml"
    assert find_config(tmp_path / "other.yml", [project], here) == tmp_path / "other.yml"
    assert find_config(None, [], tmp_path) is None
