"""A refresh: whole or not at all, gone on with where it broke off, refused where it looks wrong."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.catalog.refresh.listed_source import NOON, ListedSource, listed
from tollbar.catalog.integrity.anchors import Anchor
from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.refresh.acceptance import InUse
from tollbar.catalog.refresh.interface import Portion
from tollbar.catalog.refresh.run import Outcome, Request, refresh
from tollbar.catalog.refresh.store import PortionStore
from tollbar.errors import RefreshError, SourceUnavailableError
from tollbar.price import PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tollbar.price import Price

EC2 = Portion("ec2", "us-east-1")
EC2_EU = Portion("ec2", "eu-west-1")
SQS = Portion("sqs", "us-east-1")
NOTHING = InUse(lambda _key: ())


def _source(*, sqs: str = "0.4") -> ListedSource:
    return ListedSource(
        {
            EC2: [listed("aws/ec2/m5.large", "us-east-1", "0.096"), listed("aws/ec2/m5.xlarge", "us-east-1", "0.192")],
            EC2_EU: [listed("aws/ec2/m5.large", "eu-west-1", "0.107")],
            SQS: [listed("aws/sqs/requests", "us-east-1", sqs)],
        }
    )


def _refreshed(
    folder: Path,
    source: ListedSource,
    request: Request | None = None,
    in_use: InUse = NOTHING,
    now: datetime = NOON,
) -> Outcome:
    return refresh(source, request or Request(), folder, in_use, lambda: now)


def _prices_in(folder: Path) -> list[tuple[str, str | None, Decimal, str]]:
    catalog = SnapshotCatalog(folder / "vendor-api.sqlite")
    try:
        return [(p.key.path, p.key.region, p.tiers[0].unit_price, p.as_of) for p in catalog.prices()]
    finally:
        catalog.close()


def test_a_refresh_makes_a_snapshot_of_everything(tmp_path: Path) -> None:
    outcome = _refreshed(tmp_path, _source())
    assert (outcome.fetched, outcome.unmodified, outcome.resumed, outcome.prices) == (3, 0, 0, 4)
    assert outcome.replaced
    assert outcome.changes is not None
    assert outcome.changes.new == tuple(
        PriceKey(path, region)
        for path, region in [
            ("aws/ec2/m5.large", "eu-west-1"),
            ("aws/ec2/m5.large", "us-east-1"),
            ("aws/ec2/m5.xlarge", "us-east-1"),
            ("aws/sqs/requests", "us-east-1"),
        ]
    )
    assert _prices_in(tmp_path) == [
        ("aws/ec2/m5.large", "eu-west-1", Decimal("0.107"), "2026-11-26"),
        ("aws/ec2/m5.large", "us-east-1", Decimal("0.096"), "2026-11-26"),
        ("aws/ec2/m5.xlarge", "us-east-1", Decimal("0.192"), "2026-11-26"),
        ("aws/sqs/requests", "us-east-1", Decimal("0.4"), "2026-11-26"),
    ]


def test_only_what_is_asked_for_is_fetched_and_the_rest_is_kept(tmp_path: Path) -> None:
    _refreshed(tmp_path, _source())
    source = _source(sqs="0.5")
    _refreshed(tmp_path, source, Request(services=["sqs"]), now=NOON + timedelta(days=3))
    assert source.asked == [("sqs in us-east-1", None)]
    assert [(path, amount) for path, _, amount, _ in _prices_in(tmp_path)] == [
        ("aws/ec2/m5.large", Decimal("0.107")),
        ("aws/ec2/m5.large", Decimal("0.096")),
        ("aws/ec2/m5.xlarge", Decimal("0.192")),
        ("aws/sqs/requests", Decimal("0.5")),
    ]


def test_a_run_that_is_killed_leaves_the_old_snapshot_and_is_gone_on_with(tmp_path: Path) -> None:
    _refreshed(tmp_path, _source())
    before = (tmp_path / "vendor-api.sqlite").read_bytes()
    later = NOON + timedelta(days=3)
    killed = _source(sqs="0.5")
    killed.shelves[EC2_EU] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        _refreshed(tmp_path, killed, now=later)
    assert (tmp_path / "vendor-api.sqlite").read_bytes() == before
    resumed = _source(sqs="0.5")
    outcome = _refreshed(tmp_path, resumed, now=later + timedelta(hours=2))
    assert [portion for portion, _ in resumed.asked] == ["ec2 in eu-west-1", "sqs in us-east-1"]
    assert (outcome.fetched, outcome.resumed) == (2, 1)
    assert _prices_in(tmp_path)[-1][2] == Decimal("0.5")


def test_a_run_that_broke_off_days_ago_starts_anew(tmp_path: Path) -> None:
    killed = _source()
    killed.shelves[SQS] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        _refreshed(tmp_path, killed)
    assert _refreshed(tmp_path, _source(), now=NOON + timedelta(days=2)).fetched == 3


def test_a_portion_that_cannot_be_read_replaces_nothing_but_the_others_are_kept(tmp_path: Path) -> None:
    _refreshed(tmp_path, _source())
    before = (tmp_path / "vendor-api.sqlite").read_bytes()
    broken = _source()
    broken.shelves[EC2] = RefreshError("page 2 is not JSON")
    with pytest.raises(RefreshError) as raised:
        _refreshed(tmp_path, broken, now=NOON + timedelta(days=3))
    assert str(raised.value) == (
        "1 of 3 portions could not be read\n"
        "  ec2 in us-east-1: page 2 is not JSON\n"
        "  2 of 3 portions are kept; the prices in use stay as they are\n"
        "  Run the same command again to go on from there, or with --partial to use what could be read."
    )
    assert (tmp_path / "vendor-api.sqlite").read_bytes() == before
    mended = _source()
    assert _refreshed(tmp_path, mended, now=NOON + timedelta(days=3, hours=1)).resumed == 2
    assert mended.asked == [("ec2 in us-east-1", None)]


def test_what_could_be_read_is_used_where_that_is_asked_for(tmp_path: Path) -> None:
    _refreshed(tmp_path, _source())
    broken = _source(sqs="0.5")
    broken.shelves[EC2] = RefreshError("the region is not enabled")
    partial = Request(partial=True, max_age=timedelta(days=1))
    outcome = _refreshed(tmp_path, broken, partial, now=NOON + timedelta(days=3))
    assert outcome.failures == ("ec2 in us-east-1: the region is not enabled",)
    assert outcome.replaced
    assert [(path, amount) for path, _, amount, _ in _prices_in(tmp_path)] == [
        ("aws/ec2/m5.large", Decimal("0.107")),
        ("aws/ec2/m5.large", Decimal("0.096")),
        ("aws/ec2/m5.xlarge", Decimal("0.192")),
        ("aws/sqs/requests", Decimal("0.5")),
    ]
    again = _refreshed(tmp_path, _source(sqs="0.5"), partial, now=NOON + timedelta(days=3, hours=1))
    assert (again.fetched, again.resumed, again.failures) == (1, 2, ())


def test_where_nothing_could_be_read_nothing_is_replaced(tmp_path: Path) -> None:
    source = _source()
    source.shelves = {portion: RefreshError("no") for portion in source.shelves}
    with pytest.raises(RefreshError, match="3 of 3 portions could not be read"):
        _refreshed(tmp_path, source, Request(partial=True))


def test_refused_credentials_end_the_run_at_once(tmp_path: Path) -> None:
    source = _source()
    source.shelves[EC2_EU] = SourceUnavailableError("the credentials have expired")
    with pytest.raises(SourceUnavailableError, match=r"have expired\n  1 of 3 portions are kept"):
        _refreshed(tmp_path, source)
    assert [portion for portion, _ in source.asked] == ["ec2 in us-east-1", "ec2 in eu-west-1"]


def test_a_portion_the_vendor_calls_unmodified_is_kept(tmp_path: Path) -> None:
    source = _source()
    source.etags[EC2] = "v1"
    _refreshed(tmp_path, source)
    source.asked.clear()
    outcome = _refreshed(tmp_path, source, now=NOON + timedelta(days=3))
    assert source.asked[0] == ("ec2 in us-east-1", "v1")
    assert (outcome.fetched, outcome.unmodified, outcome.prices) == (2, 1, 4)


def test_a_recent_run_is_not_repeated(tmp_path: Path) -> None:
    _refreshed(tmp_path, _source())
    source = _source()
    daily = Request(max_age=timedelta(days=1))
    outcome = _refreshed(tmp_path, source, daily, now=NOON + timedelta(hours=23))
    assert outcome.fresh_since == NOON
    assert source.asked == []
    assert _refreshed(tmp_path, source, daily, now=NOON + timedelta(hours=25)).fetched == 3


def test_a_run_for_something_else_is_no_recent_run(tmp_path: Path) -> None:
    _refreshed(tmp_path, _source(), Request(services=["sqs"]))
    assert _refreshed(tmp_path, _source(), Request(max_age=timedelta(days=1))).fresh_since is None


def test_a_dry_run_tells_the_changes_and_replaces_nothing(tmp_path: Path) -> None:
    _refreshed(tmp_path, _source())
    before = (tmp_path / "vendor-api.sqlite").read_bytes()
    outcome = _refreshed(tmp_path, _source(sqs="0.6"), Request(dry_run=True), now=NOON + timedelta(days=3))
    assert not outcome.replaced
    assert outcome.changes is not None
    assert [(str(c.after.key), c.ratio, c.is_large) for c in outcome.changes.changed] == [
        ("aws/sqs/requests in us-east-1", Decimal("1.5"), True)
    ]
    assert (tmp_path / "vendor-api.sqlite").read_bytes() == before
    assert _refreshed(tmp_path, _source(sqs="0.6"), now=NOON + timedelta(days=3, hours=1)).resumed == 3


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    with (
        PortionStore(tmp_path / "vendor-api.portions"),
        pytest.raises(RefreshError, match="another refresh is at work"),
    ):
        _refreshed(tmp_path, _source())


def test_a_damaged_store_is_named(tmp_path: Path) -> None:
    (tmp_path / "vendor-api.portions").write_bytes(b"no database" * 500)
    with pytest.raises(RefreshError, match=r"vendor-api\.portions is damaged: .*\n  Delete it and run"):
        _refreshed(tmp_path, _source())


@pytest.mark.parametrize(
    ("prices", "problem"),
    [
        ([listed("aws/sqs/requests", "us-east-1", "-1")], "amount: aws/sqs/requests in us-east-1: a negative price"),
        ([listed("aws/sqs/requests", "us-east-1", "0")], "amount: aws/sqs/requests in us-east-1: a price of 0"),
        ([listed("aws/sqs/requests", "us-east-1", "1", unit="fortnights")], "the unknown unit 'fortnights'"),
        ([listed("aws/sqs/requests", "us-east-1", "1", as_of="2027-01-01")], "as_of: aws/sqs/requests"),
        (
            [listed("aws/ec2/m5.large", "us-east-1", "0.1")],
            "two prices: aws/ec2/m5.large in us-east-1: 0.096 and 0.1",
        ),
    ],
)
def test_faulty_prices_are_never_taken_over(tmp_path: Path, prices: list[Price], problem: str) -> None:
    _refreshed(tmp_path, _source())
    before = (tmp_path / "vendor-api.sqlite").read_bytes()
    faulty = _source()
    faulty.shelves[SQS] = list(prices)
    with pytest.raises(RefreshError) as raised:
        _refreshed(tmp_path, faulty, Request(accept=True), now=NOON + timedelta(days=3))
    assert problem in str(raised.value)
    assert "the old prices stay" in str(raised.value)
    assert (tmp_path / "vendor-api.sqlite").read_bytes() == before


def test_of_a_region_and_later_all_of_them_the_later_counts(tmp_path: Path) -> None:
    _refreshed(tmp_path, _source())
    everywhere = ListedSource(
        {
            Portion("ec2", "all"): [
                listed("aws/ec2/m5.large", "us-east-1", "0.1"),
                listed("aws/ec2/m5.xlarge", "us-east-1", "0.2"),
                listed("aws/ec2/m5.large", "eu-west-1", "0.11"),
            ]
        }
    )
    _refreshed(tmp_path, everywhere, now=NOON + timedelta(days=3))
    assert [amount for _, _, amount, _ in _prices_in(tmp_path)] == [
        Decimal("0.11"), Decimal("0.1"), Decimal("0.2"), Decimal("0.4"),
    ]  # fmt: skip


def test_a_service_that_is_not_sold_there_is_told_and_keeps_nothing_from_being_taken_over(tmp_path: Path) -> None:
    source = _source()
    source.shelves[SQS] = []
    outcome = _refreshed(tmp_path, source)
    assert outcome.left_out == ("empty service: sqs: no price was listed",)
    assert (outcome.prices, outcome.replaced) == (3, True)


def test_a_service_that_lost_all_its_prices_needs_the_users_word(tmp_path: Path) -> None:
    _refreshed(tmp_path, _source())
    emptied = _source()
    emptied.shelves[SQS] = []
    with pytest.raises(RefreshError, match=r"vanished family: aws/sqs \(hours\): 1 prices are gone"):
        _refreshed(tmp_path, emptied, now=NOON + timedelta(days=3))


def test_no_price_at_all_is_never_taken_over(tmp_path: Path) -> None:
    with pytest.raises(RefreshError, match="empty service: sqs: no price was listed"):
        _refreshed(tmp_path, ListedSource({SQS: []}), Request(accept=True))
    assert not (tmp_path / "vendor-api.sqlite").exists()


def test_a_portion_with_two_prices_for_one_thing_is_not_kept(tmp_path: Path) -> None:
    source = _source()
    source.shelves[SQS] = [listed("aws/sqs/requests", "us-east-1", amount) for amount in ("1", "2")]
    with pytest.raises(RefreshError, match="sqs in us-east-1: aws/sqs/requests in us-east-1 has two prices"):
        _refreshed(tmp_path, source)


def test_after_a_refusal_everything_is_read_anew(tmp_path: Path) -> None:
    faulty = _source(sqs="-1")
    faulty.etags = {EC2: "v1", SQS: "v1"}
    with pytest.raises(RefreshError):
        _refreshed(tmp_path, faulty)
    mended = _source()
    mended.etags = {EC2: "v1", SQS: "v1"}
    assert _refreshed(tmp_path, mended).fetched == 3


def _in_use(*prices: Price) -> InUse:
    by_key = {price.key: price for price in prices}

    def find(key: PriceKey) -> Sequence[Price]:
        return [by_key[key]] if key in by_key else []

    return InUse(find)


@pytest.mark.parametrize("factor", [10, Decimal("0.1")])
def test_a_family_that_moved_by_a_multiple_needs_the_users_word(tmp_path: Path, factor: Decimal) -> None:
    in_use = _in_use(listed("aws/sqs/requests", "us-east-1", str(Decimal("0.4") * factor)))
    with pytest.raises(RefreshError, match=r"moved family: aws/sqs.*\n  If these changes are real, .*--accept"):
        _refreshed(tmp_path, _source(), in_use=in_use)
    assert not (tmp_path / "vendor-api.sqlite").exists()
    assert _refreshed(tmp_path, _source(), Request(accept=True), in_use).replaced


def test_a_family_that_vanished_needs_the_users_word(tmp_path: Path) -> None:
    source = _source()
    source.shelves[SQS] = [
        listed("aws/sqs/requests", "us-east-1", "0.4"),
        listed("aws/sqs/fifo/a", "us-east-1", "0.5"),
    ]
    _refreshed(tmp_path, source)
    with pytest.raises(RefreshError, match=r"vanished family: aws/sqs/fifo \(hours\): 1 prices are gone"):
        _refreshed(tmp_path, _source(), now=NOON + timedelta(days=3))


def test_an_anchor_may_not_be_off_by_a_multiple(tmp_path: Path) -> None:
    key = PriceKey("aws/sqs/requests", "us-east-1")
    for amount, refused in (("0.3", False), ("0.1", True), ("4", True)):
        anchor = Anchor(key, "hours", (Tier(Decimal(0), Decimal(amount)),), "the pricing page")
        in_use = InUse(lambda _key: (), [anchor])
        if refused:
            with pytest.raises(RefreshError, match="anchor: aws/sqs/requests in us-east-1"):
                _refreshed(tmp_path / amount, _source(), in_use=in_use)
        else:
            assert _refreshed(tmp_path / amount, _source(), in_use=in_use).replaced


def test_a_single_price_that_contradicts_the_others_is_left_out(tmp_path: Path) -> None:
    source = _source()
    source.shelves[EC2] = [
        listed("aws/ec2/on_demand/m5.large", region, amount)
        for region, amount in [
            ("us-east-1", "0.096"),
            ("us-east-2", "0.096"),
            ("us-west-1", "0.112"),
            ("us-west-2", "9"),
        ]
    ]
    outcome = _refreshed(tmp_path, source)
    assert outcome.left_out == (
        "outlier: aws/ec2/on_demand/m5.large in us-west-2: $9, while the median of its 4 regions is $0.104",
    )
    assert outcome.prices == 5


def test_what_was_refused_is_not_taken_over_with_something_else(tmp_path: Path) -> None:
    known = _in_use(listed("aws/sqs/requests", "us-east-1", "0.4"))
    _refreshed(tmp_path, _source(), in_use=known)
    dear = _source(sqs="4")
    later = NOON + timedelta(days=3)
    with pytest.raises(RefreshError, match="moved family"):
        _refreshed(tmp_path, dear, Request(services=["sqs"]), known, later)
    accepted = Request(services=["ec2"], accept=True)
    assert _refreshed(tmp_path, dear, accepted, known, later + timedelta(hours=1)).replaced
    assert _prices_in(tmp_path)[-1] == ("aws/sqs/requests", "us-east-1", Decimal("0.4"), "2026-11-26")


def test_a_dry_run_does_not_get_into_the_run_for_something_else(tmp_path: Path) -> None:
    _refreshed(tmp_path, _source())
    later = NOON + timedelta(days=3)
    _refreshed(tmp_path, _source(sqs="0.5"), Request(services=["sqs"], dry_run=True), now=later)
    _refreshed(tmp_path, _source(), Request(services=["ec2"]), now=later)
    assert _prices_in(tmp_path)[-1][2] == Decimal("0.4")


def test_a_dry_run_lists_what_would_be_refused(tmp_path: Path) -> None:
    _refreshed(tmp_path, _source())
    outcome = _refreshed(tmp_path, _source(sqs="4"), Request(dry_run=True), now=NOON + timedelta(days=3))
    assert "moved family: aws/sqs (hours): its mean price moved from $0.4 to $4" in outcome.objections
    assert outcome.changes is not None
    assert [change.ratio for change in outcome.changes.large] == [Decimal(10)]


def test_a_clock_that_went_backwards_keeps_nothing_from_being_read(tmp_path: Path) -> None:
    daily = Request(max_age=timedelta(days=1))
    _refreshed(tmp_path, _source(), daily, now=NOON + timedelta(days=900))
    killed = _source()
    killed.shelves[SQS] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        _refreshed(tmp_path, killed, daily, now=NOON + timedelta(days=800))
    outcome = _refreshed(tmp_path, _source(), daily)
    assert (outcome.fetched, outcome.resumed) == (3, 0)
