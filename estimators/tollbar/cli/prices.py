"""``tollbar prices``: what the catalogue knows, and where it knows it from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import closing

    from tollbar.catalog.lookup import SnapshotCatalog
    from tollbar.errors import InputError
    from tollbar.price import Price

app = typer.Typer(
    help="What things cost, and where each price comes from.", no_args_is_help=True, rich_markup_mode=None
)

Path = Annotated[str, typer.Argument(help="What is sold, such as aws/ebs/storage/gp3.", metavar="PATH")]
Region = Annotated[str | None, typer.Option(help="Only this region.", metavar="NAME")]
Words = Annotated[list[str], typer.Argument(help="Parts of the name, and a region.", metavar="WORD...")]
Most = Annotated[int, typer.Option("--most", help="How many to list at the most.", min=1)]


@app.command("show")
def show(path: Path, *, region: Region = None) -> int:
    """Show a price in every region, with its tiers, source, date and trust.

    \b
    tollbar prices show aws/ebs/storage/gp3
    tollbar prices show aws/lambda/duration/x86_64 --region us-east-1
    """
    from tollbar.cli import output  # noqa: PLC0415 -- --help needs none of it

    with _open_catalog() as catalog:
        found = [price for price in catalog.prices_of(path) if region in {None, price.key.region}]
        if not found:
            raise _not_found(catalog, path, region)
        output.write("\n".join(_shown(found, catalog)) + "\n", None)
    return 0


@app.command("search")
def search(words: Words, *, most: Most = 40) -> int:
    """Find prices by words of their name, and a region.

    \b
    tollbar prices search gp3 eu-west-1
    tollbar prices search p5 on_demand
    """
    from tollbar.cli import output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.errors import InputError  # noqa: PLC0415 -- as above

    with _open_catalog() as catalog:
        paths = catalog.search(words)
        if not paths:
            raise InputError(f"no price is called {' '.join(words)!r}", hint="Try fewer or shorter words.")
        lines = [_summary(catalog.prices_of(path), words) for path in paths[:most]]
    if len(paths) > most:
        lines.append(f"… {len(paths) - most} more (--most {len(paths)} lists them)")
    output.write("\n".join(lines) + "\n", None)
    return 0


def _open_catalog() -> closing[SnapshotCatalog]:
    from contextlib import closing  # noqa: PLC0415 -- --help needs none of it

    from tollbar.catalog.lookup import SnapshotCatalog  # noqa: PLC0415 -- as above
    from tollbar.catalog.table import SNAPSHOT  # noqa: PLC0415 -- as above

    return closing(SnapshotCatalog(SNAPSHOT))


def _not_found(catalog: SnapshotCatalog, path: str, region: str | None) -> InputError:
    from tollbar.errors import InputError  # noqa: PLC0415 -- --help needs none of it
    from tollbar.price import PriceKey  # noqa: PLC0415 -- as above

    miss = str(catalog.find(PriceKey(path, region or "nowhere")))
    return InputError(
        miss if region else miss.replace(" in nowhere", ""), hint="tollbar prices search finds them by words."
    )


def _shown(found: list[Price], catalog: SnapshotCatalog) -> Iterator[str]:
    yield f"{found[0].key.path}, USD per {_unit_shown(found[0])}"
    width = max(len(price.key.region or "") for price in found)
    for price in found:
        yield f"  {price.key.region:{width}}  {_tiers(price):24}  {price.as_of}  {price.trust}  {price.source}"
    for source in sorted({price.source for price in found}):
        yield f"  {source}: {catalog.source_name(source)}"


def _summary(found: list[Price], words: list[str]) -> str:
    named = [price for price in found if price.key.region in words]
    price = (named or found)[0]
    others = f" and {len(found) - 1} more" if len(found) > 1 and not named else ""
    return f"{price.key.path}  {_tiers(price)} USD per {_unit_shown(price)} in {price.key.region}{others}"


def _tiers(price: Price) -> str:
    """Return the price per unit as people read it; each further tier with where it begins."""
    from tollbar.units import unit  # noqa: PLC0415 -- --help needs none of it

    per = unit(price.unit).per
    first, *others = price.tiers
    texts = [f"{first.unit_price * per:f}", *(f"{t.unit_price * per:f} above {t.start / per:,f}" for t in others)]
    return ", ".join(_without_zeros(text) for text in texts)


def _without_zeros(text: str) -> str:
    number, _, rest = text.partition(" ")
    short = (number.rstrip("0").rstrip(".") or "0") if "." in number else number
    return f"{short} {rest}".rstrip()


def _unit_shown(price: Price) -> str:
    from tollbar.units import unit  # noqa: PLC0415 -- --help needs none of it

    shown = unit(price.unit).display
    return shown if shown[0].isdigit() else shown.removesuffix("s")
