"""``tollbar prices search``: prices by the words people use."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from tollbar.cli.prices.options import ConfigFile, Format, open_catalog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.catalog.search import Found
    from tollbar.price import Price

Words = Annotated[list[str], typer.Argument(help="Words of the name, and a region.", metavar="WORD...")]
Most = Annotated[int, typer.Option("--most", help="How many to list at the most.", min=1)]


def search(words: Words, *, most: Most = 20, config_file: ConfigFile = None, form: Format = "table") -> int:
    """Find prices by words of their name, and a region; the plainest match first.

    \b
    tollbar prices search gp3 eu-west-1
    tollbar prices search load balancer ireland
    tollbar prices search gpt-4o
    """
    from tollbar.catalog.search import parse_query  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli import output  # noqa: PLC0415 -- as above
    from tollbar.cli.prices import wording  # noqa: PLC0415 -- as above
    from tollbar.cli.prices.typed_words import typed_words  # noqa: PLC0415 -- as above

    words = typed_words(words)
    with closing(open_catalog(config_file)) as catalog:
        found = catalog.search(words)
        _refuse_nothing(found, " ".join(words))
        regions = parse_query(words).codes
        chosen = [_chosen(catalog.prices_of(match.path), regions) for match in found.matches[:most]]
    if found.left_out:
        left_out = ", ".join(repr(word) for word in found.left_out)
        sys.stderr.write(f"note: no price is called all of that; without {left_out}:\n")
    if form == "json":
        from tollbar.price_document import price_document  # noqa: PLC0415 -- as above

        output.write(wording.as_json([price_document(price) for price, _ in chosen]), None)
        return 0
    lines = _table(chosen)
    if len(found.matches) > most:
        lines.append(f"… {len(found.matches) - most} more (--most {len(found.matches)} lists them)")
    output.write("\n".join(lines) + "\n", None)
    return 0


def _refuse_nothing(found: Found, words: str) -> None:
    from tollbar.errors import InputError  # noqa: PLC0415 -- --help needs none of it
    from tollbar.spelling import quoted  # noqa: PLC0415 -- as above

    if not found.matches:
        hint = f"Did you mean {found.suggestion!r}?" if found.suggestion else "Try fewer or shorter words."
        raise InputError(f"no price is called {quoted(words)}", hint=hint)


def _chosen(prices: Sequence[Price], regions: Sequence[str]) -> tuple[Price, int]:
    """Return the price to show, and in how many other regions there is one: the region asked for, else a main one."""
    from tollbar.catalog.coverage import MAIN_REGIONS  # noqa: PLC0415 -- --help needs none of it

    main = MAIN_REGIONS.get(prices[0].key.path.partition("/")[0], ())
    held: dict[str | None, Price] = {}
    for price in prices:
        held.setdefault(price.key.region, price)
    region = next((region for region in (*regions, "global", *main) if region in held), prices[0].key.region)
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
