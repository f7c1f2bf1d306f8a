"""The documentation does what it says: its commands run, and print what it shows.

A ``console`` block holds lines that begin with ``$``, each followed by the output it shows (none:
the output does not matter). A line ``…`` stands for any number of left-out lines. ``# exit N`` at
the end of a command tells its exit code. Other blocks are checked by their language.
"""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("**/*.md"))]
SLOW = {"make test"}  # this test is part of it
OUTER = {"COLUMNS", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"}  # what the run of these tests must not hand on


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: str
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        """Return where it stands."""
        return f"{self.page}:{self.line}"


def _blocks() -> list[Block]:
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in re.finditer(r"^```(\w*)\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE):
            line = text[: match.start()].count("\n") + 1
            found.append(Block(str(page.relative_to(ROOT)), line, match[1], match[2]))
    return found


BLOCKS = _blocks()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder that looks like the checkout, in which a page's commands may leave files."""
    for entry in ROOT.iterdir():
        if entry.name != ".git":
            (tmp_path / entry.name).symlink_to(entry)
    return tmp_path


@pytest.mark.parametrize("page", sorted({b.page for b in BLOCKS if b.language == "console"}))
def test_a_page_shows_what_its_commands_print(page: str, checkout: Path) -> None:
    path = f"{ROOT / '.venv' / 'bin'}:{ROOT / '.tools' / 'bin'}:{os.environ['PATH']}"
    environment = {name: value for name, value in os.environ.items() if name not in OUTER} | {"PATH": path}
    for block in (b for b in BLOCKS if b.page == page and b.language == "console"):
        for command, shown in _commands(block.text):
            if command not in SLOW:
                _check(block, command, shown, checkout, environment)


def _check(block: Block, command: str, shown: str, folder: Path, environment: dict[str, str]) -> None:
    line, _, expected_code = command.partition("  # exit ")
    done = subprocess.run(  # noqa: S602 -- the documentation's own commands
        line, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == int(expected_code or 0), f"{block}: {line}\n{done.stderr}"
    if shown:
        assert _matches(shown, done.stdout + done.stderr), f"{block}: {line}\n{done.stdout}"


def _commands(text: str) -> list[tuple[str, str]]:
    parts = re.split(r"^\$ (.*)\n", text, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def _matches(shown: str, printed: str) -> bool:
    pattern = r"(?:.*\n)*?".join(re.escape(part) for part in re.split(r"^…\n", shown, flags=re.MULTILINE))
    return re.fullmatch(pattern, printed) is not None


@pytest.mark.parametrize("block", [b for b in BLOCKS if b.language in {"yaml", "json", "toml", "csv"}], ids=str)
def test_a_data_block_is_well_formed(block: Block) -> None:
    if block.language == "yaml":
        yaml.safe_load(block.text)
    elif block.language == "json":
        json.loads(block.text)
    elif block.language == "csv":
        assert len({len(row) for row in csv.reader(block.text.splitlines())}) == 1
    else:
        tomllib.loads(block.text)


def test_every_block_is_of_a_language_that_is_checked() -> None:
    checked = {"console", "yaml", "json", "toml", "csv", "rego", ""}
    of_rule_pages = {"hcl", "text"}  # what they show is compared with the examples and their output
    unchecked = [
        str(block)
        for block in BLOCKS
        if block.language not in (checked | of_rule_pages if block.page.startswith("docs/rules/") else checked)
    ]
    assert unchecked == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_rego_block_compiles(opa: Path, tmp_path: Path) -> None:
    for number, block in enumerate(b for b in BLOCKS if b.language == "rego"):
        file = tmp_path / f"{number}.rego"
        file.write_text(block.text, encoding="utf-8")
        subprocess.run([str(opa), "check", str(ROOT / "rego"), str(file)], check=True, capture_output=True)
