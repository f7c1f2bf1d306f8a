"""``cdk.out``: the stacks that a CDK application was synthesised to, as its manifest lists them.

Shape: https://github.com/aws/aws-cdk, "cloud-assembly-schema".
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tollbar.errors import InputError
from tollbar.inputs.cloudformation.recognition import ASSEMBLY, MANIFEST, STACK
from tollbar.inputs.text_file import read_text
from tollbar.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ENVIRONMENT = re.compile(r"aws://[^/]+/(?P<region>[a-z0-9-]+)")
_ANYWHERE = "unknown-region"


@dataclass(frozen=True, slots=True)
class SynthesisedStack:
    """A stack of an application: its name, its template and, where the application tells, its region."""

    name: str
    template: Path
    shown: str
    region: str | None


def stacks_of(directory: Path, shown: str) -> Iterator[SynthesisedStack]:
    """Yield the stacks of an assembly and of the assemblies (stages) in it.

    Raises:
        InputError: The manifest is not valid, or names a template that is not there.
    """
    for name, artifact in _artifacts(directory / MANIFEST, f"{shown}/{MANIFEST}").items():
        properties = artifact.get("properties") or {}
        if artifact.get("type") == ASSEMBLY and isinstance(properties.get("directoryName"), str):
            inner = properties["directoryName"]
            yield from stacks_of(directory / inner, f"{shown}/{inner}")
        elif artifact.get("type") == STACK:
            yield _stack(name, artifact, properties, directory, shown)


def _stack(
    name: str, artifact: dict[str, Any], properties: dict[str, Any], directory: Path, shown: str
) -> SynthesisedStack:
    file = properties.get("templateFile")
    if not isinstance(file, str) or not (directory / file).is_file():
        raise InputError(
            f"the template of the stack {name} is not there: {file}",
            location=Location(f"{shown}/{MANIFEST}"),
            hint="Run cdk synth again.",
        )
    found = _ENVIRONMENT.fullmatch(str(artifact.get("environment", "")))
    region = found["region"] if found and found["region"] != _ANYWHERE else None
    return SynthesisedStack(str(properties.get("stackName") or name), directory / file, f"{shown}/{file}", region)


def _artifacts(manifest: Path, shown: str) -> dict[str, dict[str, Any]]:
    try:
        content = json.loads(read_text(manifest))
    except json.JSONDecodeError as wrong:
        message = f"not valid JSON: {wrong.msg} (column {wrong.colno})"
        raise InputError(message, location=Location(shown, wrong.lineno)) from wrong
    artifacts = content.get("artifacts") if isinstance(content, dict) else None
    if not isinstance(artifacts, dict) or not all(isinstance(entry, dict) for entry in artifacts.values()):
        raise InputError("expected a manifest with artifacts", location=Location(shown), hint="Run cdk synth again.")
    return artifacts
