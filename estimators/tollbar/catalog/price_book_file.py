"""Reading price books: YAML files that ``tollbar.yml`` names under ``prices.books``, or books written there.

Shape::

    name: acme                  # what the estimate calls the source of these prices
    as_of: 2026-11-01
    currency: EUR               # USD where nothing is said
    usd_per_unit: 1.08          # the fixed rate: what one EUR is in USD
    prices:
      - {path: aws/ec2/instance/linux/shared/on_demand/m5.large, region: eu-*, price: 0.08, unit: hour}
      - path: aws/transfer/out
        unit: GB
        tiers: [{from: 0, price: 0.07}, {from: 10240, price: 0.05}]
    discounts:                  # in percent, each of service, path and type on its own
      - {service: aws/ec2, percent: 12, from: 2026-01-01, until: 2026-12-31}
      - {path: aws/rds/*, region: eu-west-1, percent: 5}
      - {type: aws_instance, percent: 3, stack: true}
    on_prem: {cpu_hour: 0.02, gib_hour: 0.003, gpu_hour: 0.9, storage_gib_month: 0.05}

``price`` is per ``unit``, which is written as ``tollbar prices show`` prints it (``1M requests``) or
as the base unit (``requests``). What of several entries holds, tollbar.catalog.price_book says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from tollbar.catalog.price_book import Discount, NegotiatedPrice, Pattern, PriceBook
from tollbar.errors import ConfigError
from tollbar.price import Tier
from tollbar.spelling import did_you_mean
from tollbar.units import units
from tollbar.yaml_file import read_yaml
from tollbar.yaml_model import Section, validated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tollbar.location import Location
    from tollbar.yaml_file import YamlFile

ON_PREM_PATHS = {
    "cpu_hour": ("kubernetes/onprem/cpu", "vCPU-hours"),
    "gib_hour": ("kubernetes/onprem/ram", "GiB-hours"),
    "gpu_hour": ("kubernetes/onprem/gpu", "GPU-hours"),
    "storage_gib_month": ("kubernetes/onprem/storage", "GiB-months"),
}
"""What the rates of on-premises machines are the prices of: path and unit."""

_DOLLAR = "USD"
_MOST = 10**9


def _not_a_switch(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("expected a number")  # noqa: TRY004 -- pydantic tells ValueErrors with their place
    return value


def _iso_date(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    raise ValueError(f"{value!r} is not a date; write it as 2026-11-01")


Number = Annotated[Decimal, BeforeValidator(_not_a_switch)]
Money = Annotated[Number, Field(ge=0, le=_MOST)]
Day = Annotated[date, BeforeValidator(_iso_date)]
Name = Annotated[str, Field(min_length=1)]


class TierEntry(Section):
    """A price that holds from so many units a month."""

    start: Annotated[Number, Field(ge=0, le=Decimal(10) ** 18)] = Field(alias="from")
    price: Money


class PriceEntry(Section):
    """A negotiated price: flat, or in tiers."""

    path: Name
    unit: str
    region: Name | None = None
    price: Money | None = None
    tiers: tuple[TierEntry, ...] | None = None

    @field_validator("unit")
    @classmethod
    def _known_unit(cls, unit: str) -> str:
        if unit not in (spellings := _spellings()):
            hint = did_you_mean(unit, spellings)
            raise ValueError(f"unknown unit {unit!r}. {hint}" if hint else f"unknown unit {unit!r}")
        return unit

    @field_validator("tiers")
    @classmethod
    def _go_up_from_0(cls, tiers: tuple[TierEntry, ...] | None) -> tuple[TierEntry, ...] | None:
        starts = [tier.start for tier in tiers or ()]
        if tiers is not None and (starts[:1] != [0] or starts != sorted(set(starts))):
            raise ValueError("tiers begin with `from: 0` and go up")
        return tiers

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.price is None) == (self.tiers is None):
            raise ValueError("expected either price or tiers")
        return self


class DiscountEntry(Section):
    """Percent off what a service, a path or a Terraform resource type costs."""

    percent: Annotated[Number, Field(ge=0, le=100)]
    service: Name | None = None
    path: Name | None = None
    type: Name | None = None
    region: Name | None = None
    since: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    stack: bool = False

    @field_validator("service")
    @classmethod
    def _is_a_service(cls, service: str | None) -> str | None:
        if service is not None and not Pattern(service).is_exact:
            raise ValueError("a service has no wildcards; give it as path")
        return service.strip("/") if service else service

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        if [self.service, self.path, self.type].count(None) != 2:
            raise ValueError("expected one of service, path and type")
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"until {self.until} is before from {self.since}")
        return self


class OnPremRates(Section):
    """What machines of one's own cost."""

    cpu_hour: Money | None = None
    gib_hour: Money | None = None
    gpu_hour: Money | None = None
    storage_gib_month: Money | None = None


class BookContent(Section):
    """All that a book may say."""

    name: Annotated[str, Field(pattern=r"^\S(.*\S)?$", max_length=80)]
    as_of: Day
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = _DOLLAR
    usd_per_unit: Annotated[Number, Field(gt=0, le=10**6)] | None = None
    prices: tuple[PriceEntry, ...] = ()
    discounts: tuple[DiscountEntry, ...] = ()
    on_prem: OnPremRates = OnPremRates()

    @property
    def rate(self) -> Decimal:
        """What one unit of the currency is in USD."""
        return self.usd_per_unit if self.usd_per_unit is not None else Decimal(1)

    @model_validator(mode="after")
    def _rate_is_known(self) -> Self:
        if self.currency == _DOLLAR and self.rate != 1:
            raise ValueError("usd_per_unit is 1 for prices in USD; which currency are they in?")
        if self.currency != _DOLLAR and self.usd_per_unit is None:
            raise ValueError(f"usd_per_unit is missing: what one {self.currency} is in USD")
        return self


def read_price_books(config_file: Path, day: date) -> tuple[PriceBook, ...]:
    """Return the books that a ``tollbar.yml`` names, in their order; files are found from its folder.

    Raises:
        ConfigError: A book cannot be read, says what it may not say, says one thing twice, is of a
            later ``day``, or is called like another; with file and line.
    """
    config = read_yaml(config_file, ConfigError)
    named = (config.plain().get("prices") or {}).get("books") or []
    books: dict[str, PriceBook] = {}
    for position, entry in enumerate(named):
        steps: tuple[str | int, ...] = ("prices", "books", position)
        if isinstance(entry, str):
            file = read_yaml(_existing(config_file.parent / entry, config.location(steps)), ConfigError, "a price book")
            book = _book(file, file.plain(), (), day)
        else:
            book = _book(config, entry, steps, day)
        if book.name in books:
            raise ConfigError(f"two price books are called {book.name!r}", location=config.location(steps))
        books[book.name] = book
    return tuple(books.values())


def _existing(file: Path, named_at: Location) -> Path:
    if not file.is_file():
        raise ConfigError(f"there is no price book {file}", location=named_at)
    return file


def _book(file: YamlFile, entry: object, steps: Sequence[str | int], day: date) -> PriceBook:
    content = validated(BookContent, entry, file, steps)
    if content.as_of > day:
        raise ConfigError(
            f"as_of: {content.as_of} is after {day}, the day prices are looked up for",
            location=file.location([*steps, "as_of"]),
            hint="as_of is the day on which the prices were known; a discount that is to come has a `from`.",
        )
    prices = [*_negotiated(content, file, steps), *_on_prem(content, file, steps)]
    discounts = list(_discounts(content, file, steps))
    _check_prices(prices)
    _check_discounts(discounts)
    return PriceBook(content.name, content.as_of.isoformat(), file.path, tuple(prices), tuple(discounts))


def _negotiated(content: BookContent, file: YamlFile, steps: Sequence[str | int]) -> Iterator[NegotiatedPrice]:
    for position, entry in enumerate(content.prices):
        unit, per = _spellings()[entry.unit]
        told = entry.tiers or (TierEntry.model_validate({"from": 0, "price": entry.price}),)
        tiers = tuple(Tier(tier.start * per, tier.price * content.rate / per) for tier in told)
        location = file.location([*steps, "prices", position])
        yield NegotiatedPrice(Pattern(entry.path), _pattern(entry.region), unit, tiers, location)


def _on_prem(content: BookContent, file: YamlFile, steps: Sequence[str | int]) -> Iterator[NegotiatedPrice]:
    for name, (path, unit) in ON_PREM_PATHS.items():
        rate: Decimal | None = getattr(content.on_prem, name)
        if rate is not None:
            tiers = (Tier(Decimal(0), rate * content.rate),)
            yield NegotiatedPrice(Pattern(path), None, unit, tiers, file.location([*steps, "on_prem", name]))


def _discounts(content: BookContent, file: YamlFile, steps: Sequence[str | int]) -> Iterator[Discount]:
    for position, entry in enumerate(content.discounts):
        path = f"{entry.service}/*" if entry.service else entry.path
        yield Discount(
            path=_pattern(path),
            resource_type=entry.type,
            region=_pattern(entry.region),
            percent=entry.percent,
            location=file.location([*steps, "discounts", position]),
            since=entry.since,
            until=entry.until,
            stack=entry.stack,
        )


def _check_prices(prices: Iterable[NegotiatedPrice]) -> None:
    seen: dict[tuple[Pattern, Pattern | None], NegotiatedPrice] = {}
    for price in prices:
        first = seen.setdefault((price.path, price.region), price)
        if first is not price:
            where = f" in {price.region.text}" if price.region else ""
            raise ConfigError(
                f"{price.path.text}{where} is priced twice, first in line {first.location.line}",
                location=price.location,
            )


def _check_discounts(discounts: Iterable[Discount]) -> None:
    """Refuse two discounts on one thing on one day: which one is meant cannot be told."""
    seen: dict[tuple[object, ...], list[Discount]] = defaultdict(list)
    for discount in discounts:
        same = seen[discount.path, discount.resource_type, discount.region, discount.stack]
        first = next((other for other in same if _overlap(other, discount)), None)
        if first is not None:
            target = discount.path.text if discount.path else discount.resource_type
            raise ConfigError(
                f"{target} is discounted twice, first in line {first.location.line}", location=discount.location
            )
        same.append(discount)


def _overlap(one: Discount, other: Discount) -> bool:
    return (one.since or date.min) <= (other.until or date.max) and (other.since or date.min) <= (one.until or date.max)


def _pattern(text: str | None) -> Pattern | None:
    return None if text is None else Pattern(text)


def _spellings() -> dict[str, tuple[str, Decimal]]:
    """Return, by every way to write a unit, the base unit and how many of it that is."""
    spellings = {unit.display: (unit.name, unit.per) for unit in units().values()}
    for name in units():
        spellings[name] = spellings[name.removesuffix("s")] = (name, Decimal(1))
    return spellings
