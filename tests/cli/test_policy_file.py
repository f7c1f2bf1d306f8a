"""``tollbar check`` with ``.github/crashlens.yml``: the calls it denies, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT
from tests.policy.policy_file_texts import FIRST, SECOND
from tollbar.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path


EXAMPLE = ROOT / "examples" / "llm-policy"


def _findings(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["decision"]["findings"]
    return found


def test_the_example_holds_the_file_that_people_have() -> None:
    assert (EXAMPLE / ".github" / "crashlens.yml").read_text(encoding="utf-8") == SECOND


def test_the_example_is_judged_by_its_policies(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(EXAMPLE / "workloads.yml"), "--format", "json"]) == 1
    overkill = (
        "[TB301] workload.ticket-summaries uses gpt-4 for summarization with 400 input tokens a call, which is "
        "disallowed up to 500 input tokens by policy prevent-model-overkill. Suggested fallback: gpt-4o-mini, which "
        "saves $834.00 a month ($20.85 per 1,000 calls)."
    )
    retries = (
        "[TB302] workload.research-agent retries a call up to 5 times, over the limit of 3 by policy cap-llm-retries; "
        "at worst the 2 more cost $600.00 a month."
    )
    output = (
        "[TB303] workload.product-texts allows 2000 output tokens a call for content_generation, over the limit of "
        "750 by policy limit-output-tokens."
    )
    assert [(finding["severity"], finding["policy"], finding["msg"]) for finding in _findings(capsys)] == [
        ("error", "prevent-model-overkill", overkill),
        ("error", "cap-llm-retries", retries),
        ("warning", "limit-output-tokens", output),
    ]


def test_a_model_that_only_a_policy_suggests_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".github").mkdir()
    text = FIRST.replace("gpt-4o-mini", "mistral/ministral-8b-latest")
    (tmp_path / ".github" / "crashlens.yml").write_text(text, encoding="utf-8")
    workloads = tmp_path / "workloads.yml"
    workloads.write_text((EXAMPLE / "workloads.yml").read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["check", str(workloads), "--format", "json"]) == 1
    overkill = _findings(capsys)[0]
    assert (overkill["fallback"], overkill["saving"] > 800) == ("mistral/ministral-8b-latest", True)


def test_a_contradiction_is_no_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "tollbar.yml"
    config.write_text("version: 1\npolicies: {rules: {output_limit: {mode: 'off'}}}\n", encoding="utf-8")
    assert main(["check", str(EXAMPLE / "workloads.yml"), "--config", str(config)]) == 3
    assert "switches output_limit off, and the policy 'limit-output-tokens' needs it" in capsys.readouterr().err


@pytest.mark.parametrize("name", [".github/crashlens.yaml", "tollbar.yaml"])
def test_a_file_that_would_not_be_read_is_no_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / ".github").mkdir()
    (tmp_path / name).write_text(FIRST, encoding="utf-8")
    (tmp_path / "main.tf").write_text('resource "aws_sns_topic" "a" {}\n', encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 3
    expected = (
        f"{tmp_path / name} is not read: the file is to be called {name.rpartition('/')[2][:-4]}yml\n  Rename it."
    )
    assert expected in capsys.readouterr().err


def test_a_mistake_in_the_file_is_no_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "crashlens.yml").write_text("version: 1\npolicies:\n  - enforc: a\n", encoding="utf-8")
    (tmp_path / "tollbar.yml").write_text("version: 1\n", encoding="utf-8")
    assert main(["check", str(EXAMPLE / "workloads.yml"), "--config", str(tmp_path / "tollbar.yml")]) == 3
    assert "crashlens.yml:3: unknown key 'policies.0.enforc' (column 5)\n  Did you mean 'enforce'?" in (
        capsys.readouterr().err
    )
