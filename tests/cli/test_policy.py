"""``tollbar policy``: the rules as they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.conftest import ROOT
from tollbar.cli.app import main

if TYPE_CHECKING:
    import pytest

CODES = sorted(folder.name for folder in (ROOT / "examples" / "rules").iterdir())
"""Every rule has examples."""


def test_list_names_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == CODES


def test_list_as_json_has_all_that_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "list", "--format", "json"]) == 0
    rules = json.loads(capsys.readouterr().out)
    assert [rule["code"] for rule in rules] == CODES
    for rule in rules:
        assert all(rule[key] for key in ("name", "category", "title", "description", "remediation", "since"))


def test_explain_shows_the_defaults_to_change(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "explain", "TB101"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("TB101 environment_limit (infrastructure, since 0.1.0)\n")
    assert "What to do" in printed
    assert "dev: 1000" in printed


def test_explain_takes_a_name_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "explain", "required-tags"]) == 0
    assert capsys.readouterr().out.startswith("TB201 required_tags")


def test_an_unknown_rule_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "explain", "environment_limits"]) == 3
    assert "Did you mean 'environment_limit'?" in capsys.readouterr().err
