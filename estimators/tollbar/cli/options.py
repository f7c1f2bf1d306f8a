"""The options that several commands share, with their help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Paths = Annotated[
    list[Path],
    typer.Argument(
        help="Terraform directories and plans (JSON), CloudFormation templates, cdk.out, Kubernetes manifests "
        "(- reads them from standard input), workloads, Infracost's JSON, or estimates.",
        metavar="PATH...",
    ),
]
Base = Annotated[
    Path | None, typer.Option(help="The state to compare with: a directory, plan JSON or estimate.", metavar="PATH")
]
UsageFile = Annotated[
    Path | None,
    typer.Option("--usage-file", help="How much is used a month (Infracost's usage file format).", metavar="FILE"),
]
UsageSize = Annotated[
    str | None,
    typer.Option("--usage-size", help="How large untold use is taken to be: small, medium or large.", metavar="SIZE"),
]
UsageHistory = Annotated[
    Path | None,
    typer.Option("--usage-history", help="What was used in the months before (CSV).", metavar="FILE"),
]
Commitments = Annotated[
    Path | None,
    typer.Option(
        "--commitments",
        help="Reserved instances, savings plans and committed use; by default those of tollbar.yml.",
        metavar="FILE",
    ),
]
Variables = Annotated[
    list[str] | None,
    typer.Option(
        "--var",
        help="A Terraform variable or CloudFormation parameter (AWS::Region too); may be repeated.",
        metavar="NAME=VALUE",
    ),
]
VariableFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--var-file", help="A tfvars file, or a CloudFormation parameter file; may be repeated.", metavar="FILE"
    ),
]
Workspace = Annotated[str, typer.Option(help="The Terraform workspace.", metavar="NAME")]
NoAssumptions = Annotated[bool, typer.Option("--no-assumptions", help="Leave out what is only assumed about the use.")]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", help="Configuration; by default tollbar.yml beside the input or here.", metavar="FILE"),
]
Environment = Annotated[
    str | None, typer.Option(help="The environment of what carries no environment tag.", metavar="NAME")
]
Format = Annotated[
    str,
    typer.Option(
        "--format", "-f", help="table, json, markdown or html; after a check sarif, junit or github.", metavar="FORMAT"
    ),
]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Write the report to a file.", metavar="FILE")]
Reports = Annotated[
    list[str] | None,
    typer.Option(
        "--report", help="Write one more report (- prints it); may be repeated: sarif=x.sarif.", metavar="FORMAT=FILE"
    ),
]
Everything = Annotated[bool, typer.Option("--all", help="Show every row of long lists.")]
Opa = Annotated[str | None, typer.Option("--opa", help="The opa binary to use.", metavar="FILE")]
OpaUrl = Annotated[
    str | None,
    typer.Option("--opa-url", help="Ask a running OPA server (its policy and settings decide).", metavar="URL"),
]
Policies = Annotated[
    list[Path] | None,
    typer.Option("--policy", help="A folder or file with more Rego or data; may be repeated.", metavar="PATH"),
]
Ledger = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        help="Keep what is decided in this file or database, and let the policy see what came before.",
        metavar="FILE|URL",
    ),
]
ReadLedger = Annotated[
    str | None, typer.Option("--ledger", help="The ledger, by default that of tollbar.yml.", metavar="FILE|URL")
]
Since = Annotated[str | None, typer.Option("--since", help="From this time or day on (RFC 3339).", metavar="TIME")]
Until = Annotated[str | None, typer.Option("--until", help="Before this time or day (RFC 3339).", metavar="TIME")]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        help="Which fields of a log of your own are what (docs/usage-logs.md).",
        metavar="COLUMN=FIELD,...|FILE",
    ),
]
Project = Annotated[str | None, typer.Option("--project", help="Of this project only.", metavar="NAME")]
PolicyFrom = Annotated[
    str | None,
    typer.Option(
        "--policy-from",
        help="Read policy, settings and price books from this revision, or from the worktree; by default from "
        "the base in a pull request, else from the worktree.",
        metavar="REV",
    ),
]
Labels = Annotated[
    list[str] | None,
    typer.Option(
        "--label",
        help="A label of the pull request, beside those that the CI system tells; may be repeated.",
        metavar="NAME",
    ),
]
Notify = Annotated[
    list[str] | None,
    typer.Option("--notify", help="Tell of what is found: slack (docs/slack.md).", metavar="slack"),
]
