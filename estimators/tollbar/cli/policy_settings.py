"""``tollbar policy settings``: the settings of tollbar.yml as the data that OPA and conftest read."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from tollbar.cli import options  # noqa: TC001 -- typer reads the annotations at run time

Inputs = Annotated[
    list[Path] | None, typer.Argument(help="What is to be checked; by default this directory.", metavar="PATH...")
]


def settings(
    paths: Inputs = None,
    *,
    config: options.ConfigFile = None,
    policy_from: options.PolicyFrom = None,
    out: options.Out = None,
) -> int:
    """Write the settings of tollbar.yml as the data document that OPA and conftest read.

    \b
    tollbar policy settings infra/ --out settings.json
    conftest test estimate.json --data rego --data settings.json

    As in tollbar check, those of a pull request are of the branch it is to be merged into.
    """
    from tollbar.cli import output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.estimating.policy_source import policy_source  # noqa: PLC0415 -- as above
    from tollbar.policy.engine import SETTINGS_ROOT  # noqa: PLC0415 -- as above

    inputs = paths or [Path()]
    with policy_source(policy_from, os.environ, inputs, [config] if config else []) as source:
        configuration = source.configuration(config, inputs)
        document = json.dumps({SETTINGS_ROOT: configuration.config.policy_settings()}, indent=2, default=str)
    output.write(f"{document}\n", out)
    return 0
