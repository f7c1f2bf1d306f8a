"""``tollbar validate``: is the configuration right, before a change is checked with it?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tollbar.cli import options  # noqa: TC001 -- typer reads the annotations at run time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.policy.validation import Problem


_POLICY_FILE = "crashlens.yml"


def validate(
    *,
    config: options.ConfigFile = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings, too.")] = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the file's JSON Schema, for editors, and check nothing.")
    ] = False,
    format_name: Annotated[str, typer.Option("--format", help="text or json.", metavar="FORMAT")] = "text",
    opa: options.Opa = None,
) -> int:
    """Check tollbar.yml or .github/crashlens.yml: syntax, keys, values, and what contradicts itself in it.

    \b
    tollbar validate
    tollbar validate --config infra/tollbar.yml --strict
    tollbar validate --config .github/crashlens.yml
    tollbar validate --schema > tollbar.schema.json

    Exits with 0 when it may be used, 3 when something in it is wrong.
    """
    from tollbar.cli import output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.exit_codes import ExitCode  # noqa: PLC0415 -- as above
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- as above
    from tollbar.policy.config import CONFIG_FILE  # noqa: PLC0415 -- as above

    if format_name not in {"text", "json"}:
        raise ConfigError(f"unknown format {format_name!r}; known: text, json")
    if schema:
        output.write(_schema(opa), None)
        return ExitCode.PASS
    file = config or Path(CONFIG_FILE)
    problems = _problems(file, opa)
    output.write(_as_json(problems) if format_name == "json" else _as_text(file, problems), None)
    fails = any(problem.severity == "error" or strict for problem in problems)
    return ExitCode.ERROR if fails else ExitCode.PASS


def _schema(opa: str | None) -> str:
    from tollbar.policy.config_schema import config_schema  # noqa: PLC0415 -- only if asked for
    from tollbar.policy.opa_binary import local_engine  # noqa: PLC0415 -- as above

    return json.dumps(config_schema(local_engine(opa)), indent=2) + "\n"


def _problems(file: Path, opa: str | None) -> Sequence[Problem]:
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- --help needs none of it
    from tollbar.inputs.text_file import read_text  # noqa: PLC0415 -- as above
    from tollbar.location import Location  # noqa: PLC0415 -- as above
    from tollbar.policy.config import is_policy_file, refuse_misnamed  # noqa: PLC0415 -- as above
    from tollbar.policy.library import policy_library  # noqa: PLC0415 -- as above
    from tollbar.policy.opa_binary import OpaBinary, find_opa  # noqa: PLC0415 -- as above
    from tollbar.policy.rules import read_rules  # noqa: PLC0415 -- as above
    from tollbar.policy.validation import (  # noqa: PLC0415 -- as above
        EXPECTED,
        Problem,
        problems_in,
        problems_in_policy_file,
    )
    from tollbar.yaml_file import read_yaml  # noqa: PLC0415 -- as above

    if not file.is_file():
        raise ConfigError(f"there is no file {file}", hint="Name one with --config.")
    today = datetime.now(UTC).date()
    if file.with_suffix(".yml").name == _POLICY_FILE:
        refuse_misnamed([file.with_suffix(".yml")])
    if file.name != Path(_POLICY_FILE).with_suffix(".yaml").name and is_policy_file(file):
        return problems_in_policy_file(read_text(file), str(file), today)
    try:
        document = read_yaml(file, ConfigError, expected=EXPECTED)
    except ConfigError as error:
        return [Problem("error", error.message, error.location or Location(str(file)), error.hint)]
    binary, library = find_opa(opa), policy_library()
    return problems_in(
        document,
        file.parent,
        lambda settings: OpaBinary(binary, [library], settings, str(file)),
        read_rules(binary, library),
        today,
    )


def _as_text(file: Path, problems: Sequence[Problem]) -> str:
    errors = sum(1 for problem in problems if problem.severity == "error")
    lines = [str(problem) for problem in problems]
    counted = [
        f"{n} {noun}{'' if n == 1 else 's'}"
        for n, noun in ((errors, "error"), (len(problems) - errors, "warning"))
        if n
    ]
    return "\n".join([*lines, f"{file}: {', '.join(counted) or 'valid'}"]) + "\n"


def _as_json(problems: Sequence[Problem]) -> str:
    found = [
        {
            "severity": problem.severity,
            "message": problem.message,
            "file": problem.location.file,
            "line": problem.location.line,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    return json.dumps(found, indent=2) + "\n"
