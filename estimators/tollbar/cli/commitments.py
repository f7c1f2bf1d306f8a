"""``tollbar commitments``: what was promised to a vendor for lower prices."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.adjust.commitment import ReservedInstance, SavingsPlan
    from tollbar.adjust.commitment_file import AnyCommitment, Inventory

app = typer.Typer(help="What was promised to a vendor for lower prices.", no_args_is_help=True, rich_markup_mode=None)

Source = Annotated[Literal["aws"], typer.Argument(help="Whose commitments: aws.", metavar="SOURCE")]
Out = Annotated[Path, typer.Option("--out", "-o", help="The inventory file to write.", metavar="FILE")]
Region = Annotated[
    list[str] | None,
    typer.Option(help="Only reservations of this region; repeatable. All enabled ones by default.", metavar="NAME"),
]
Force = Annotated[bool, typer.Option("--force", help="Replace the file where there is one.")]
Format = Annotated[Literal["table", "json"], typer.Option("--format", "-f", help="How to print what was found.")]


@app.callback()
def commitments() -> None:
    """What was promised to a vendor for lower prices."""


@app.command("import")
def import_from(
    source: Source,  # noqa: ARG001 -- there is only one yet
    *,
    out: Out = Path("commitments.yml"),
    region: Region = None,
    force: Force = False,
    form: Format = "table",
) -> int:
    """Write the commitments of an account, and how much of them was used, as an inventory file.

    Asks with the credentials that the vendor's own tools use.

    \b
    tollbar commitments import aws --out commitments.yml
    tollbar commitments import aws --region us-east-1 --region eu-west-1 --force
    """
    from tollbar.adjust.aws_commitments import boto3_clients, read_aws_inventory  # noqa: PLC0415 -- --help needs none
    from tollbar.adjust.commitment_file import inventory_text  # noqa: PLC0415 -- as above
    from tollbar.cli import output  # noqa: PLC0415 -- as above
    from tollbar.cli.prices.options import today  # noqa: PLC0415 -- as above
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- as above

    if out.exists() and not force:
        raise ConfigError(f"{out} is there already", hint="--force replaces it; what was added by hand is lost.")
    with output.progress("asking AWS"):
        inventory = read_aws_inventory(boto3_clients(), region, today())
    output.write(inventory_text(inventory), out)
    if form == "json":
        output.write(json.dumps(_document(inventory, out), indent=2) + "\n", None)
    else:
        output.write("\n".join(_lines(inventory, out)) + "\n", None)
    return 0


def _lines(inventory: Inventory, out: Path) -> Iterator[str]:
    count = len(inventory.commitments)
    yield f"{out}: {count} commitment{'' if count == 1 else 's'}"
    for commitment in sorted(inventory.commitments, key=lambda told: (told.kind, told.id)):
        yield f"  {commitment.kind.replace('_', ' ')} {commitment.id}: {_what(commitment)}, until {commitment.end}"
    measured = inventory.measured
    if measured is None:
        return
    for name, percent in (
        ("reserved instances", measured.reserved_instances_percent),
        ("savings plans", measured.savings_plans_percent),
    ):
        if percent is not None:
            yield f"{name}: {percent:f}% used in the {measured.days} days before {measured.on}"


def _what(commitment: AnyCommitment) -> str:
    from tollbar.adjust.commitment import SavingsPlan  # noqa: PLC0415 -- --help needs none of it

    return _plan(commitment) if isinstance(commitment, SavingsPlan) else _machines(commitment)  # type: ignore[arg-type]  # AWS has no other


def _plan(plan: SavingsPlan) -> str:
    scope = f"{plan.family} in {plan.region}" if plan.plan == "ec2_instance" else "compute"
    return f"${plan.hourly_commitment:f} an hour of {scope}"


def _machines(reserved: ReservedInstance) -> str:
    rate = f" at ${reserved.told_rate:f} an hour" if reserved.told_rate is not None else ""
    return f"{reserved.count} x {reserved.type} ({reserved.service}) in {reserved.region}{rate}"


def _document(inventory: Inventory, out: Path) -> dict[str, Any]:
    measured = inventory.measured
    return {
        "file": str(out),
        "commitments": [told.model_dump(mode="json", exclude_none=True) for told in inventory.commitments],
        "measured": measured.model_dump(mode="json", exclude_none=True) if measured is not None else None,
    }
