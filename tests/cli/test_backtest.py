"""``tollbar backtest`` over a folder, a ledger, with other settings and another library."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tollbar.cli.app import main

EXAMPLE = ROOT / "examples" / "backtest"
ESTIMATES = str(EXAMPLE / "estimates")
BASELINE = ["--baseline-config", str(EXAMPLE / "tollbar.yml")]
CANDIDATE = ["--config", str(EXAMPLE / "candidate.yml")]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TOLLBAR_LEDGER", raising=False)


def _changes(text: str) -> dict[str, str]:
    return {entry["id"]: entry["change"] for entry in json.loads(text)["changed"]}


def test_other_settings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", ESTIMATES, *BASELINE, *CANDIDATE, "--format", "json"]) == 0
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    assert _changes(printed.out) == {"index-87.json": "newly_denied", "index-91.json": "newly_needs_approval"}
    assert document["changes"]["newly_denied"] == {"count": 1, "monthly_cost": 368.72, "delta": 183.96}
    assert document["by_rule"][0]["rule"] == "TB101"
    assert (document["decisions"], document["errors"], document["false_positives"]) == (6, [], None)


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--since", "2026-11-12"], {"index-91.json"}),
        (["--until", "2026-11-12"], {"index-87.json"}),
        (["--project", "orders"], set[str]()),
    ],
)
def test_a_selection(options: list[str], names: set[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", ESTIMATES, *BASELINE, *CANDIDATE, "--format", "json", *options]) == 0
    assert set(_changes(capsys.readouterr().out)) == names


def test_new_denials_fail_where_they_are_to(tmp_path: Path) -> None:
    command = ["backtest", ESTIMATES, *BASELINE]
    assert main([*command, *CANDIDATE, "--fail-on-new-denials"]) == 1
    assert main([*command, "--config", str(EXAMPLE / "tollbar.yml"), "--fail-on-new-denials"]) == 0
    assert not list(tmp_path.iterdir())


def test_the_markdown_for_a_pull_request(tmp_path: Path) -> None:
    assert main(["backtest", ESTIMATES, *BASELINE, *CANDIDATE, "-f", "markdown", "-o", "backtest.md"]) == 0
    lines = (tmp_path / "backtest.md").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "## Backtest: 1 newly denied"
    row = "| index-87.json | index (dev) #87 | search | newly denied | TB101 | $368.72 | +$183.96 |"
    assert row in lines


def test_what_cannot_be_decided_is_an_error_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ESTIMATES, tmp_path / "stored")
    (tmp_path / "stored" / "cut.json").write_text('{"schema_version":', encoding="utf-8")
    old = json.loads((tmp_path / "stored" / "cart-12.json").read_text(encoding="utf-8")) | {"schema_version": "0.9"}
    (tmp_path / "stored" / "old.json").write_text(json.dumps(old), encoding="utf-8")
    command = ["backtest", "stored", *BASELINE, *CANDIDATE]
    assert main(command) == 3
    printed = capsys.readouterr().out
    assert "2 estimates could not be decided, and no figure above has them:\n  cut.json: not JSON" in printed
    assert "  old.json: " in printed
    assert "its schema_version is 0.9" in printed
    assert main([*command, "--keep-going"]) == 0
    assert main(["backtest", "stored/cut.json", *BASELINE, *CANDIDATE, "--keep-going"]) == 3


def test_a_time_that_is_none_is_told_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ESTIMATES, tmp_path / "stored")
    file = tmp_path / "stored" / "cart-12.json"
    file.write_text(file.read_text(encoding="utf-8").replace("2026-10-21T08:05:00Z", "soon"), encoding="utf-8")
    assert main(["backtest", "stored", *BASELINE, *CANDIDATE, "--since", "2026-11-01"]) == 3
    printed = capsys.readouterr().out
    assert printed.startswith("3 decisions replayed")
    assert "  cart-12.json: " in printed


def test_another_library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One in which the rule on increases is gone, as a folder, as an unpacked bundle and as a bundle."""
    shutil.copytree(ROOT / "rego", tmp_path / "library")
    shutil.rmtree(tmp_path / "library" / "tollbar" / "rules" / "infrastructure" / "cost_increase")
    shutil.copy(EXAMPLE / "tollbar.yml", tmp_path)
    manifest = {"revision": "next", "roots": ["tollbar"], "rego_version": 1}
    shutil.copytree(tmp_path / "library", tmp_path / "staged", ignore=shutil.ignore_patterns("*_test.rego"))
    (tmp_path / "staged" / ".manifest").write_text(json.dumps(manifest), encoding="utf-8")
    opa = shutil.which("opa", path=f"{ROOT / '.tools' / 'bin'}") or "opa"
    subprocess.run([opa, "build", "--bundle", ".", "--output", "../next.tar.gz"], cwd=tmp_path / "staged", check=True)
    version = json.loads((ROOT / "rego" / "tollbar" / "version" / "data.json").read_text(encoding="utf-8"))["version"]
    for bundle, revision in {"library": version, "staged": "next", "next.tar.gz": "next"}.items():
        assert main(["backtest", ESTIMATES, "--policy-bundle", bundle, "--format", "json"]) == 0
        text = capsys.readouterr().out
        assert _changes(text) == {"index-91.json": "newly_passes"}
        assert json.loads(text)["revision"] == revision


def test_a_bundle_does_not_hide_the_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A bundle without a manifest claims all data for itself, the settings too; they hold all the same."""
    bundle = tmp_path / "all.tar.gz"
    shutil.copytree(ROOT / "rego", tmp_path / "staged", ignore=shutil.ignore_patterns("*_test.rego"))
    opa = shutil.which("opa", path=f"{ROOT / '.tools' / 'bin'}") or "opa"
    subprocess.run([opa, "build", "--bundle", ".", "--output", str(bundle)], cwd=tmp_path / "staged", check=True)
    options = ["--policy-bundle", str(bundle), "--format", "json"]
    assert main(["backtest", ESTIMATES, *BASELINE, *CANDIDATE, *options]) == 0
    assert _changes(capsys.readouterr().out) == {
        "index-87.json": "newly_denied", "index-91.json": "newly_needs_approval",
    }  # fmt: skip


def test_a_ledger_by_its_recorded_decisions_and_approvals(capsys: pytest.CaptureFixture[str]) -> None:
    for file in sorted(Path(ESTIMATES).iterdir()):
        main(["check", str(file), "--config", str(EXAMPLE / "tollbar.yml"), "--ledger", "l.sqlite"])
    capsys.readouterr()
    main(["ledger", "list", "--ledger", "l.sqlite", "--format", "json"])
    ids = {entry["pull_request"]: entry["id"][:12] for entry in json.loads(capsys.readouterr().out)}
    assert main(["ledger", "approve", ids["#31"], "--by", "alice", "--ledger", "l.sqlite"]) == 0
    capsys.readouterr()
    assert main(["backtest", "--ledger", "l.sqlite", *CANDIDATE, "--format", "json"]) == 0
    text = capsys.readouterr().out
    assert _changes(text) == {ids["#87"]: "newly_denied", ids["#91"]: "newly_needs_approval"}
    assert json.loads(text)["false_positives"] == {
        "denied": 2, "approved": 1, "newly_denied": 1, "newly_denied_approved": 0,
    }  # fmt: skip
    assert main(["backtest", "--ledger", "l.sqlite", *CANDIDATE]) == 0
    assert "1 of 2 denials was approved later (50.0%); 0 of the 1 new ones." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([ESTIMATES], "there is no candidate\n  Name other settings with --config, or --policy-bundle."),
        ([*CANDIDATE], "no ledger is named"),
        ([ESTIMATES, *CANDIDATE, "--ledger", "l.sqlite"], "estimates and a ledger are given: name one of them"),
        ([ESTIMATES, *CANDIDATE, "--project", "none"], "there is nothing to replay"),
        ([ESTIMATES, *CANDIDATE, "--since", "soon"], "'soon' is not a time or day"),
        ([ESTIMATES, *CANDIDATE, "--format", "markdwn"], "unknown format 'markdwn'; known: json, markdown, table"),
        (["absent", *CANDIDATE], "absent is not there"),
        ([ESTIMATES, "--policy-bundle", "absent.tar.gz"], "the policy bundle absent.tar.gz is not there"),
    ],
)
def test_mistakes(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", *arguments]) == 3
    assert capsys.readouterr().err.startswith(f"error: {message}")


def test_settings_that_are_wrong_are_one_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    candidate = tmp_path / "candidate.yml"
    candidate.write_text("version: 1\npolicies: {rules: {environment_limt: {mode: warn}}}\n", encoding="utf-8")
    assert main(["backtest", ESTIMATES, *BASELINE, "--config", str(candidate)]) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "candidate.yml: the policy settings: [TB003]" in printed.err
    assert "environment_limt" in printed.err
