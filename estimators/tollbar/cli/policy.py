"""``tollbar policy``: the rules there are and what each is for."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path  # noqa: TC003 -- typer reads the annotations at run time
from typing import TYPE_CHECKING, Annotated

import typer

from tollbar.cli import options, policy_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tollbar.policy.rule_page import ShownExample
    from tollbar.policy.rules import Rule

app = typer.Typer(help="The rules there are, and what each is for.", no_args_is_help=True, rich_markup_mode=None)
app.command("settings")(policy_settings.settings)

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


@app.command("docs")
def docs(
    out: Annotated[Path, typer.Option(help="The folder to write the pages into.", metavar="FOLDER")],
    examples: Annotated[
        Path | None, typer.Option(help="The folder with the rules' examples, by code.", metavar="FOLDER")
    ] = None,
    opa: options.Opa = None,
) -> int:
    """Write a page for each rule, and an index: what it finds, its parameters, examples, how to fix and exempt.

    \b
    tollbar policy docs --out docs/rules --examples examples/rules
    """
    from tollbar.cli import output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.policy.rule_page import index_page  # noqa: PLC0415 -- as above

    rules = _rules(opa)
    out.mkdir(parents=True, exist_ok=True)
    for rule in rules:
        output.write(page_of(rule, examples, opa), out / f"{rule.code}.md")
    output.write(index_page(rules), out / "README.md")
    return 0


def page_of(rule: Rule, examples: Path | None, opa: str | None) -> str:
    """Return the page of a rule in Markdown; ``examples`` holds those of all rules."""
    from tollbar.policy.rule_page import rule_page  # noqa: PLC0415 -- only where pages are written

    return rule_page(rule, [] if examples is None else list(_shown(examples, rule.code, opa)))


def _shown(folder: Path, code: str, opa: str | None) -> Iterator[ShownExample]:
    from tollbar.cli.rule_examples import examples_of, output_of  # noqa: PLC0415 -- only where there are any
    from tollbar.policy.rule_page import ShownExample  # noqa: PLC0415 -- as above

    for example in examples_of(folder, code):
        command = f"tollbar check {' '.join(example.arguments())}"
        yield ShownExample(example.kind, command, example.files(), output_of(example, opa))


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
