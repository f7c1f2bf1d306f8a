"""``tollbar prices show``: one price, or one thing in all regions, with all that is known of it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from tollbar.cli.prices.options import ConfigFile, Format, open_catalog, today

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tollbar.catalog.layers import Candidate, LayeredCatalog
    from tollbar.errors import InputError
    from tollbar.price import Price

Path = Annotated[
    str, typer.Argument(help="What is sold, such as aws/ebs/storage/gp3; or a name that says enough.", metavar="KEY")
]
_NAMED = 8
"""How many prices a message names that are called the same, or stand below a path."""
_SHORT = 60
"""How many letters of what was typed a hint repeats."""
Region = Annotated[
    str | None, typer.Option(help="The region, by its code or its name; all of them by default.", metavar="NAME")
]


def show(path: Path, *, region: Region = None, config_file: ConfigFile = None, form: Format = "table") -> int:
    """Show a price: its tiers, source, date and trust, and what would hold without it.

    \b
    tollbar prices show aws/ebs/storage/gp3
    tollbar prices show aws/lambda/duration/x86_64 --region us-east-1
    tollbar prices show llm/openai/gpt-4o/input_tokens
    tollbar prices show m5.large --region us-east-1
    """
    from tollbar.cli import output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.prices.typed_words import typed_words  # noqa: PLC0415 -- as above
    from tollbar.price import PriceKey  # noqa: PLC0415 -- as above

    (path,) = typed_words([path if path.strip("/ ") else ""])
    typed_region = None if region is None else _typed_region(region)
    with closing(open_catalog(config_file)) as catalog:
        path = _as_spelled(catalog, path) if "/" in path else _meant(catalog, path, typed_region)
        found = catalog.prices_of(path)
        region = _region_of(catalog, path, typed_region)
        regions = {price.key.region for price in found}
        if region is None and len(regions) == 1:
            region = next(iter(regions))
        if region is None:
            text = _all_regions(found, catalog, form)
        else:
            text = _one(catalog.candidates(PriceKey(path, region)), region, catalog, form)
        if not text:
            raise _not_found(catalog, path, region)
        output.write(text, None)
    return 0


def _typed_region(text: str) -> str:
    """Return a region as it was typed.

    Raises:
        InputError: It is empty, or holds what no name holds.
    """
    from tollbar.cli.prices.typed_words import typed_words  # noqa: PLC0415 -- --help needs none of it
    from tollbar.errors import InputError  # noqa: PLC0415 -- as above

    if not text.strip():
        raise InputError("--region is empty", hint="Name a region such as eu-west-1, or leave --region out.")
    (region,) = typed_words([text])
    return region


def _as_spelled(catalog: LayeredCatalog, path: str) -> str:
    """Return a path in lower case, as list prices have it; a price book may have others."""
    path = path.strip("/")
    return path if catalog.prices_of(path) else path.lower()


def _region_of(catalog: LayeredCatalog, path: str, typed: str | None) -> str | None:
    """Return the code of what a region was called, in the cloud of a path; as it was typed where there is none."""
    from tollbar.catalog.region_names import region_codes  # noqa: PLC0415 -- --help needs none of it
    from tollbar.price import cloud_of  # noqa: PLC0415 -- as above

    if typed is None or any(price.key.region == typed for price in catalog.prices_of(path)):
        return typed
    codes = region_codes(typed, cloud_of(path))
    return codes[0] if len(codes) == 1 else typed.lower()


def _meant(catalog: LayeredCatalog, name: str, region: str | None) -> str:
    """Return the path of the plainest thing called so; its price is shown with its path.

    Raises:
        InputError: Nothing is called so, or several things equally well.
    """
    from tollbar.errors import InputError  # noqa: PLC0415 -- --help needs none of it
    from tollbar.spelling import quoted  # noqa: PLC0415 -- as above

    found = catalog.search([name])
    matches = [match for match in found.matches if not found.left_out and _sold_in(catalog, match.path, region)]
    if not matches:
        where = f" in {quoted(region)[1:-1]}" if region and found.matches else ""
        search = f"Try `tollbar prices search {name if len(name) <= _SHORT else 'WORDS'}`."
        hint = f"Did you mean {found.suggestion!r}?" if found.suggestion else search
        raise InputError(f"no price is called {quoted(name)}{where}", hint=hint)
    as_plain = [match.path for match in matches if match.cost == matches[0].cost]
    own = [path for path in as_plain if _has_own_price(catalog, path, region)]
    as_plain = own or as_plain  # rather than what is sold everywhere
    if len(as_plain) > 1:
        more = f" and {len(as_plain) - _NAMED} more" if len(as_plain) > _NAMED else ""
        raise InputError(f"several prices are called {quoted(name)}: {', '.join(as_plain[:_NAMED])}{more}")
    return as_plain[0]


def _sold_in(catalog: LayeredCatalog, path: str, region: str | None) -> bool:
    from tollbar.price import PriceKey  # noqa: PLC0415 -- --help needs none of it

    return region is None or bool(catalog.candidates(PriceKey(path, _region_of(catalog, path, region))))


def _has_own_price(catalog: LayeredCatalog, path: str, region: str | None) -> bool:
    """Tell whether a path has a price of the region's own."""
    code = _region_of(catalog, path, region)
    return any(price.key.region == code for price in catalog.prices_of(path))


def _one(candidates: Sequence[Candidate], region: str, catalog: LayeredCatalog, form: str) -> str:
    from tollbar.cli.prices import wording  # noqa: PLC0415 -- --help needs none of it

    if not candidates:
        return ""
    if form == "json":
        from tollbar.price_document import price_document  # noqa: PLC0415 -- as above

        return wording.as_json([price_document(price, layer) for layer, price in candidates])
    return "\n".join(_described(candidates, region, catalog)) + "\n"


def _described(candidates: Sequence[Candidate], region: str, catalog: LayeredCatalog) -> Iterator[str]:
    from tollbar.cli.prices import wording  # noqa: PLC0415 -- --help needs none of it

    (layer, price), *others = candidates
    month = wording.a_month(price)
    yield f"{price.key.path} in {price.key.region if price.trust != 'borrowed' else region}"
    yield f"  price   {wording.tiers(price)} USD per {wording.per_unit(price)}" + (f" ({month})" if month else "")
    yield f"  source  {price.source}: {catalog.source_name(price.source)}"
    yield f"  as of   {price.as_of}, {wording.age(price.as_of, today())}"
    yield f"  trust   {price.trust}: {wording.TRUST[price.trust]}"
    if price.trust == "borrowed":
        low, high = (wording.scaled_tiers(price, factor) for factor in (price.low, price.high))
        yield f"  range   {low} to {high}: as prices differ between regions"
    yield f"  from    {layer}" + (f": {price.key.region}" if price.trust == "borrowed" else "")
    if note := catalog.note(price.key.path):
        yield f"  note    {note}"
    if others:
        yield "next best"
    for other_layer, other in others:
        place = "" if other.key.region == price.key.region else f" in {other.key.region}"
        line = f"{wording.tiers(other)}{place}  {other.as_of}  {other.trust}  {other.source}"
        yield f"  {line}  ({other_layer})"


def _all_regions(found: Sequence[Price], catalog: LayeredCatalog, form: str) -> str:
    from tollbar.cli.prices import wording  # noqa: PLC0415 -- --help needs none of it

    held: dict[str | None, Price] = {}
    for price in found:
        held.setdefault(price.key.region, price)
    if not held:
        return ""
    if form == "json":
        from tollbar.price_document import price_document  # noqa: PLC0415 -- as above

        return wording.as_json([price_document(price) for price in held.values()])
    width = max(len(region or "") for region in held)
    room = max(len(wording.tiers(price)) for price in held.values())
    lines = [f"{found[0].key.path}, USD per {wording.per_unit(found[0])}"]
    lines += [
        f"  {region or '':{width}}  {wording.tiers(price):{room}}  {price.as_of}  {price.trust}  {price.source}"
        for region, price in held.items()
    ]
    lines += [f"  {source}: {catalog.source_name(source)}" for source in sorted({p.source for p in held.values()})]
    return "\n".join(lines) + "\n"


def _not_found(catalog: LayeredCatalog, path: str, region: str | None) -> InputError:
    from tollbar.errors import InputError  # noqa: PLC0415 -- --help needs none of it
    from tollbar.price import PriceKey  # noqa: PLC0415 -- as above

    if below := catalog.paths_below(path):
        more = len(below) - _NAMED
        search = f"tollbar prices search {path.replace('/', ' ')}"
        hint = f"{more} more: {search}" if more > 0 else None
        return InputError(f"no price for {path}; below it: {', '.join(below[:_NAMED])}", hint=hint)
    miss = str(catalog.miss(PriceKey(path, region or "nowhere")))
    return InputError(
        miss if region else miss.replace(" in nowhere", ""), hint="`tollbar prices search WORDS` finds prices by words."
    )
