"""``tollbar prices search``: prices by the words people use."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from tollbar.cli.prices.options import ConfigFile, Format, open_catalog

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tollbar.price import Price

Words = Annotated[list[str], typer.Argument(help="Parts of the name, and a region.", metavar="WORD...")]
Most = Annotated[int, typer.Option("--most", help="How many to list at the most.", min=1)]


def search(words: Words, *, most: Most = 20, config_file: ConfigFile = None, form: Format = "table") -> int:
    """Find prices by words of their name, and a region; the plainest match first.

    \b
    tollbar prices search gp3 eu-west-1
    tollbar prices search p5
    tollbar prices search gpt-4o
    """
    from tollbar.catalog.search import ranked  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli import output  # noqa: PLC0415 -- as above
    from tollbar.cli.prices import wording  # noqa: PLC0415 -- as above
    from tollbar.errors import InputError  # noqa: PLC0415 -- as above

    asked = [word for text in words for word in text.split()]
    with closing(open_catalog(config_file)) as catalog:
        paths = ranked(catalog.search(asked), asked)
        if not paths:
            raise InputError(f"no price is called {' '.join(words)!r}", hint="Try fewer or shorter words.")
        found = [_chosen(catalog.prices_of(path), asked) for path in paths[:most]]
    if form == "json":
        output.write(wording.as_json([wording.document(price) for price, _ in found]), None)
        return 0
    lines = _table(found)
    if len(paths) > most:
        lines.append(f"… {len(paths) - most} more (--most {len(paths)} lists them)")
    output.write("\n".join(lines) + "\n", None)
    return 0


def _chosen(prices: Sequence[Price], words: Iterable[str]) -> tuple[Price, int]:
    """Return the price to show, and in how many other regions there is one: the region asked for, else a main one."""
    from tollbar.catalog.coverage import MAIN_REGIONS  # noqa: PLC0415 -- --help needs none of it

    main = MAIN_REGIONS.get(prices[0].key.path.partition("/")[0], ())
    held: dict[str | None, Price] = {}
    for price in prices:
        held.setdefault(price.key.region, price)
    wanted = {word.lower() for word in words}
    region = next((region for region in held if region in wanted), None)
    region = region or next((region for region in ("global", *main) if region in held), prices[0].key.region)
    return held[region], len(held) - 1


def _table(found: Sequence[tuple[Price, int]]) -> list[str]:
    from tollbar.cli.prices import wording  # noqa: PLC0415 -- --help needs none of it

    texts = [
        (price.key.path, f"{wording.tiers(price)} USD per {wording.per_unit(price)}", _where(price, others))
        for price, others in found
    ]
    widths = [max(len(row[column]) for row in texts) for column in (0, 1, 2)]
    return [
        f"{path:{widths[0]}}  {text:{widths[1]}}  {where:{widths[2]}}  {price.as_of}  {price.trust}".rstrip()
        for (path, text, where), (price, _) in zip(texts, found, strict=True)
    ]


def _where(price: Price, others: int) -> str:
    return f"{price.key.region} and {others} more" if others else str(price.key.region)
