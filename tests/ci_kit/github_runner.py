"""The steps of a GitHub job, run by bash with the environment that GitHub sets.

What is replaced: the steps that install (a shim runs this checkout's ``tollbar``; opa and conftest are the real ones)
and third-party actions, of which upload-artifact copies its files. Of expressions, what the kit uses is understood.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KIT = ROOT / "conftest"
ACTION = KIT / "github" / "action.yml"
WORKFLOWS = sorted((KIT / "github" / "workflows").glob("*.yml"))
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")
_SHELLS = {None: ["bash", "-e"], "bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail"]}


def read_yaml(file: Path) -> dict[str, Any]:
    """Return a workflow or action; ``on`` is a word, not a switch."""
    document: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 -- plain strings
    return document


def shims(folder: Path) -> str:
    """Return a PATH with this checkout's tollbar, the real engines and the system's own programs."""
    folder.mkdir(parents=True, exist_ok=True)
    shim = folder / "tollbar"
    shim.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT / "estimators"}" exec "{sys.executable}" -m tollbar "$@"\n')
    shim.chmod(0o755)
    return os.pathsep.join([str(folder), str(ROOT / ".tools" / "bin"), "/usr/local/bin", "/usr/bin", "/bin"])


@dataclass
class Job:
    """A job of one workflow run: where it runs, what is known in it, and what became of it."""

    workspace: Path
    temp: Path
    environment: dict[str, str]
    event: dict[str, Any]
    exit_code: int = 0
    log: str = ""
    outputs: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    replaced: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the files by which steps tell the runner something."""
        self.temp.mkdir(parents=True, exist_ok=True)
        event = self.temp / "event.json"
        event.write_text(json.dumps(self.event), encoding="utf-8")
        self.environment = {
            "PATH": shims(self.temp / "shims"),
            "HOME": str(self.temp),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary.md"),
            "TOLLBAR_PRICES_DIR": os.environ["TOLLBAR_PRICES_DIR"],
            **self.environment,
        }

    @property
    def summary(self) -> str:
        """The job summary."""
        file = self.temp / "summary.md"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    @property
    def artifact(self) -> dict[str, str]:
        """The files that were uploaded, by name."""
        folder = self.temp / "artifact"
        return {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*")}

    def run(self, steps: list[dict[str, Any]], inputs: Mapping[str, str], action: Path | None = None) -> Job:
        """Run the steps one after the other until one fails."""
        contexts = {"inputs": dict(inputs), "runner": {"temp": str(self.temp)}, "steps": self.outputs}
        contexts["github"] = {"event": self.event, "token": "test-token"}
        for step in steps:
            condition = step.get("if")
            if self.exit_code == 0 and (condition is None or self._value(condition, contexts) not in _FALSE):
                self._step(step, contexts, action)
        return self

    def _step(self, step: dict[str, Any], contexts: dict[str, Any], action: Path | None) -> None:
        if "uses" in step:
            self.replaced.append(step["uses"].split("@")[0])
            if "upload-artifact" in step["uses"]:
                shutil.copytree(self._filled(step["with"]["path"], contexts), self.temp / "artifact")
            return
        if "install.sh" in step["run"]:
            self.replaced.append(step["name"])
            return
        output = self.temp / "output.txt"
        output.write_text("", encoding="utf-8")
        environment = {name: self._filled(value, contexts) for name, value in step.get("env", {}).items()}
        if action is not None:
            environment["GITHUB_ACTION_PATH"] = str(action)
        script = self.temp / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        done = subprocess.run(
            [*_SHELLS[step.get("shell")], str(script)],
            cwd=self.workspace / self._filled(step.get("working-directory", "."), contexts),
            env={**self.environment, "GITHUB_OUTPUT": str(output), **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        self.log += done.stdout + done.stderr
        self.exit_code = done.returncode
        lines = output.read_text(encoding="utf-8").splitlines()
        self.outputs[step.get("id", "")] = {"outputs": dict(line.split("=", 1) for line in lines)}

    def _filled(self, text: str, contexts: dict[str, Any]) -> str:
        return _EXPRESSION.sub(lambda match: str(self._value(match[1], contexts)), text)

    def _value(self, expression: str, contexts: dict[str, Any]) -> str:
        """Return what an expression of ||, == and names comes to, as text."""
        values = [self._compared(part.strip(), contexts) for part in expression.split("||")]
        return next((value for value in values if value not in _FALSE), values[-1])

    def _compared(self, text: str, contexts: dict[str, Any]) -> str:
        left, equals, right = (part.strip() for part in text.partition("=="))
        if equals:
            return str(_named(left, contexts) == _named(right, contexts)).lower()
        return _named(left, contexts)


_FALSE = {"", "false"}
"""What counts as false; outputs are texts, and so is "0" of them no number."""


def _named(text: str, contexts: dict[str, Any]) -> str:
    if text.startswith("'"):
        return text.strip("'")
    value: Any = contexts
    for name in text.split("."):
        value = value.get(name, "") if isinstance(value, dict) else ""
    return str(value)
