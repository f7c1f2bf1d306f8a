"""``tollbar policy``: the rules there are and what each is for."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

from tollbar.cli import options  # noqa: TC001 -- typer reads the annotations at run time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.policy.rules import Rule

app = typer.Typer(help="The rules there are, and what each is for.", no_args_is_help=True, rich_markup_mode=None)

Code = Annotated[str, typer.Argument(help="A rule's code or name, such as TB101 or environment_limit.")]


@app.command("list")
def list_rules(format_name: options.Format = "table", opa: options.Opa = None) -> int:
    """List the rules with their code, default mode and title.

    \b
    tollbar policy list
    tollbar policy list --format json
    """
    from dataclasses import asdict  # noqa: PLC0415 -- --help needs none of it

    from tollbar.cli import output  # noqa: PLC0415 -- as above

    rules = _rules(opa)
    if format_name == "json":
        output.write(json.dumps([asdict(rule) for rule in rules], indent=2) + "\n", None)
    else:
        width = max(len(rule.name) for rule in rules)
        rows = (f"{rule.code}  {rule.name:{width}}  {rule.default_mode:8}  {rule.title}" for rule in rules)
        output.write("\n".join(rows) + "\n", None)
    return 0


@app.command("explain")
def explain(code: Code, opa: options.Opa = None) -> int:
    """Explain one rule: what it finds, its parameters, what to do about a finding.

    \b
    tollbar policy explain TB101
    """
    from tollbar.cli import output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.policy.rules import rule_of_code  # noqa: PLC0415 -- as above

    output.write(_explanation(rule_of_code(_rules(opa), code), output.terminal_width()), None)
    return 0


def _rules(opa: str | None) -> list[Rule]:
    from tollbar.policy.library import policy_library  # noqa: PLC0415 -- --help needs none of it
    from tollbar.policy.opa_binary import find_opa  # noqa: PLC0415 -- as above
    from tollbar.policy.rules import read_rules  # noqa: PLC0415 -- as above

    return read_rules(find_opa(opa), policy_library())


def _explanation(rule: Rule, width: int) -> str:
    def wrapped(text: str, indent: str = "") -> str:
        return textwrap.fill(" ".join(text.split()), width, initial_indent=indent, subsequent_indent=indent)

    settings = {"policies": {"rules": {rule.name: rule.params}}}
    return "\n".join(
        [
            f"{rule.code} {rule.name} ({rule.category}, since {rule.since})",
            wrapped(rule.title),
            "",
            wrapped(rule.description),
            "",
            "What to do",
            wrapped(rule.remediation, "  "),
            "",
            "Defaults, to be changed in tollbar.yml",
            textwrap.indent(_yaml(settings), "  "),
        ]
    )


def _yaml(document: Mapping[str, object]) -> str:
    import yaml  # noqa: PLC0415 -- only here

    return yaml.safe_dump(document, sort_keys=False, default_flow_style=None)
