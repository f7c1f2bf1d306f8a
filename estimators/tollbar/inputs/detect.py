"""From a path to what it declares: the first reader that knows the kind of file reads it.

Adding a kind of input is adding a module with ``READER``, an
:class:`~tollbar.inputs.interface.InputReader`, and its name in ``_FILES`` or ``_DIRECTORIES``. A module is
imported only when a path of its kind is read.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from tollbar.errors import InputError
from tollbar.location import Location

if TYPE_CHECKING:
    from pathlib import Path

    from tollbar.inputs.interface import Declaration, InputReader, ReadOptions

_DIRECTORIES = ("terraform_hcl", "cloudformation.reader", "kubernetes.manifests")
_FILES = ("workloads", "cloudformation.reader", "kubernetes.manifests", "terraform_plan")
_STANDARD_INPUT = "kubernetes.manifests"
_EXPECTED = (
    "Expected is a Terraform directory, its plan (terraform show -json PLAN > plan.json), a CloudFormation template, "
    "cdk.out, or a Kubernetes manifest."
)

_LOOKED_AT = 100
"""Files of a directory that are looked into for a hint."""


def read(path: Path, options: ReadOptions) -> Declaration:
    """Return what a path declares.

    Raises:
        InputError: There is nothing at the path, or not what any reader can read.
    """
    if str(path) == "-":
        reader_of_text: InputReader = importlib.import_module(f"tollbar.inputs.{_STANDARD_INPUT}").READER
        return reader_of_text.read(path, options)
    if not path.exists():
        raise InputError("there is no such file or directory", location=Location(str(path)), hint=_nearest(path))
    for name in _DIRECTORIES if path.is_dir() else _FILES:
        reader: InputReader = importlib.import_module(f"tollbar.inputs.{name}").READER
        if name == "terraform_plan":
            _refuse_other_yaml(path)
        if reader.can_read(path):
            return reader.read(path, options)
    raise InputError("this is no input that Tollbar can read", location=Location(str(path)), hint=_hint(path))


def _refuse_other_yaml(path: Path) -> None:
    """Raise InputError for YAML that is no manifest, template or workloads, and so is no plan either."""
    if path.suffix not in {".yml", ".yaml"}:
        return
    from tollbar.inputs.text_file import decoded, read_bytes  # noqa: PLC0415 -- only an error path needs it
    from tollbar.yaml_file import read_yaml_documents  # noqa: PLC0415 -- as above

    read_yaml_documents(decoded(read_bytes(path), path, ""), str(path), InputError)
    raise InputError(
        "this YAML is no input that Tollbar can read",
        location=Location(str(path)),
        hint="Expected is a manifest (apiVersion, kind), a CloudFormation template (Resources) or workloads.",
    )


def _nearest(path: Path) -> str:
    if not path.parent.is_dir():
        return _EXPECTED
    from tollbar.spelling import did_you_mean  # noqa: PLC0415 -- only an error path needs it

    return did_you_mean(path.name, (entry.name for entry in path.parent.iterdir())) or _EXPECTED


def _hint(path: Path) -> str:
    if path.is_file():
        return f"Give the directory it is in: {path.parent}"
    if (path / "terragrunt.hcl").is_file():
        return "For Terragrunt give the plan: terragrunt show -json PLAN > plan.json"
    if (path / "cdk.json").is_file():
        return f"For the CDK give the directory that cdk synth writes: {path / 'cdk.out'}"
    below = sorted({found.parent for found in path.glob("*/*.tf")} - {path / ".terraform"})
    if below:
        return f"It has no *.tf files, but {', '.join(str(directory) for directory in below[:3])} has: give that one."
    from tollbar.inputs.cloudformation.recognition import is_template  # noqa: PLC0415 -- only an error path needs it

    templates = [str(file) for file in sorted(path.iterdir())[:_LOOKED_AT] if is_template(file)]
    if templates:
        return f"It has CloudFormation templates: give one of them, {', '.join(templates[:3])}."
    return f"It has no *.tf or *.tf.json files. {_EXPECTED}"
