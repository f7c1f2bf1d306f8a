"""The command itself: version, help, and how a defect ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tollbar import __version__
from tollbar.cli.app import app, main
from tollbar.cli.exit_codes import exit_code_of
from tollbar.decision import Outcome  # noqa: TC001 -- a parameter of a test

if TYPE_CHECKING:
    from pathlib import Path


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"tollbar {__version__}\n"


@pytest.mark.parametrize(
    "command", ["check", "estimate", "diff", "policy list", "policy explain", "commitments import"]
)
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command.split(), "--help"]) == 0
    assert f"  tollbar {command}" in capsys.readouterr().out


def test_every_command_is_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    printed = capsys.readouterr().out
    assert [c.name for c in app.registered_commands if c.name and f"  {c.name} " not in printed] == []


@pytest.mark.parametrize(("outcome", "code"), [("allow", 0), ("warn", 0), ("deny", 1), ("needs_approval", 2)])
def test_exit_codes(outcome: Outcome, code: int) -> None:
    assert exit_code_of(outcome) == code


def test_a_defect_is_an_error_and_not_a_denial(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    surprising = tmp_path / "plan.json"
    surprising.write_text("{}", encoding="utf-8")
    monkeypatch.setattr("tollbar.inputs.detect.read", _defective)
    assert main(["check", str(surprising)]) == 3
    assert "internal error: ZeroDivisionError" in capsys.readouterr().err


def _defective(*_: object) -> None:
    raise ZeroDivisionError("a defect")


def test_an_unknown_option_names_the_help_of_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forecast", "calls.jsonl", "--asof", "2026-11-20"]) == 3
    told = capsys.readouterr().err
    assert "No such option: --asof" in told
    assert "Try `tollbar forecast --help`." in told
