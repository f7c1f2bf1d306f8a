"""From declared resources to the estimate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tollbar import pipeline
from tollbar.adjust.commitment import ReservedInstance
from tollbar.catalog.borrowing import Borrowing
from tollbar.catalog.layers import LayeredCatalog, NamedSnapshot
from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.price_book import Discount, NegotiatedPrice, Pattern, PriceBook, PriceBooks
from tollbar.catalog.table import SNAPSHOT
from tollbar.comparison import compare
from tollbar.estimate import (
    CommitmentUse,
    Costs,
    Deployment,
    Estimate,
    EstimatedResource,
    PriceOrigin,
    TotalCosts,
)
from tollbar.inputs.interface import Declaration, Source
from tollbar.location import Location
from tollbar.price import Tier
from tollbar.resource import Action, Attributes, Inventory, Resource
from tollbar.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SETTINGS = Settings("2026-11-21T12:00:00Z", Deployment(name="d", environment="dev", team="platform"), assumptions=False)
NAT = "aws_nat_gateway"


@pytest.fixture(scope="module")
def catalog() -> Iterator[SnapshotCatalog]:
    snapshot = SnapshotCatalog(SNAPSHOT)
    yield snapshot
    snapshot.close()


def _resource(
    address: str,
    values: Mapping[str, Any] | None = None,
    *,
    tags: Mapping[str, str] | None = None,
    region: str = "us-east-1",
    action: Action = "create",
) -> Resource:
    type_name, name = address.split(".")
    return Resource(address, type_name, name, "aws", region, Attributes(values or {}), tags or {}, action)


def _declaration(*after: Resource, before: tuple[Resource, ...] = (), path: str = "infra") -> Declaration:
    return Declaration(Source("terraform_plan", path), Inventory(after), Inventory(before))


def _by_address(estimate: Estimate) -> dict[str, EstimatedResource]:
    return {resource.address: resource for resource in estimate.resources}


def test_costs_add_up_by_cloud_and_team(catalog: SnapshotCatalog) -> None:
    declaration = _declaration(
        _resource("aws_instance.a", {"instance_type": "m5.large"}, tags={"team": "checkout"}),
        _resource("aws_kms_key.k"),
        _resource("aws_iam_role.r"),
    )
    estimate = pipeline.estimate([declaration], SETTINGS, catalog)
    totals = estimate.totals
    assert totals.monthly_cost == Decimal("71.88")
    assert totals.by_cloud == {"aws": Decimal("71.88")}
    assert totals.by_team == {"checkout": Decimal("70.88"), "platform": Decimal(1)}
    assert (totals.previous, totals.delta) == (None, None)
    coverage = estimate.coverage
    assert (coverage.priced, coverage.free, coverage.unpriced) == (2, 1, 0)


def test_a_month_may_be_shorter(catalog: SnapshotCatalog) -> None:
    office_hours = replace(SETTINGS, hours_per_month=Decimal(220))
    estimate = pipeline.estimate([_declaration(_resource(f"{NAT}.n"))], office_hours, catalog)
    assert estimate.totals.monthly_cost == Decimal("9.9")
    assert estimate.meta.hours_per_month == 220


def test_assumptions_make_a_range_and_are_marked(catalog: SnapshotCatalog) -> None:
    assumed = pipeline.estimate([_declaration(_resource(f"{NAT}.n"))], replace(SETTINGS, assumptions=True), catalog)
    (nat,) = assumed.resources
    assert nat.cost_estimate is not None
    assert (nat.cost_estimate.basis, nat.cost_estimate.confidence) == ("assumed", "low")
    assert nat.cost_estimate.min < nat.cost_estimate.expected < nat.cost_estimate.max
    assert [line.basis for line in nat.breakdown] == ["fixed", "assumed"]
    facts = pipeline.estimate([_declaration(_resource(f"{NAT}.n"))], SETTINGS, catalog)
    (nat,) = facts.resources
    assert nat.monthly_cost == Decimal("32.85")
    assert nat.breakdown[1].quantity is None
    assert nat.breakdown[1].monthly_cost is None


def test_a_tag_names_a_resources_environment(catalog: SnapshotCatalog) -> None:
    declaration = _declaration(
        _resource("aws_kms_key.a", tags={"environment": "prod"}), _resource("aws_kms_key.b", tags={"env": "staging"}),
        _resource("aws_kms_key.c"), _resource("aws_kms_key.d", tags={"environment": "Staging"}),
    )  # fmt: skip
    found = _by_address(pipeline.estimate([declaration], SETTINGS, catalog))
    assert [resource.environment for resource in found.values()] == ["prod", "staging", "dev", "staging"]


def test_the_state_before_gives_the_change(catalog: SnapshotCatalog) -> None:
    def volume(size: int, action: Action = "no-op") -> Resource:
        return _resource("aws_ebs_volume.v", {"type": "gp2", "size": size}, action=action)

    declaration = _declaration(
        volume(200, "update"), _resource("aws_kms_key.new"), before=(volume(100), _resource(f"{NAT}.gone"))
    )
    estimate = pipeline.estimate([declaration], SETTINGS, catalog)
    rows = {a: (r.action, r.previous_monthly_cost, r.monthly_cost) for a, r in _by_address(estimate).items()}
    assert rows == {
        "aws_ebs_volume.v": ("update", Decimal(10), Decimal(20)),
        "aws_kms_key.new": ("create", Decimal(0), Decimal(1)),
        f"{NAT}.gone": ("delete", Decimal("32.85"), Decimal(0)),
    }
    assert estimate.totals.previous == Decimal("42.85")
    assert estimate.totals.delta == Decimal("-21.85")
    assert estimate.coverage.priced == 2


def test_a_missing_price_is_no_saving(catalog: SnapshotCatalog) -> None:
    before = _resource("aws_instance.a", {"instance_type": "m5.4xlarge"})
    after = _resource("aws_instance.a", {"instance_type": "m99.large"}, action="update")
    estimate = pipeline.estimate([_declaration(after, before=(before,))], SETTINGS, catalog)
    assert estimate.totals.delta == 0
    assert estimate.resources[0].delta is None
    assert estimate.coverage.unpriced == 1


def test_what_depends_on_usage_alone_has_no_cost(catalog: SnapshotCatalog) -> None:
    estimate = pipeline.estimate([_declaration(_resource("aws_sqs_queue.q"))], SETTINGS, catalog)
    (queue,) = estimate.resources
    assert queue.monthly_cost is None
    assert estimate.coverage.usage_dependent == 1
    assert '"monthly_cost":null' not in estimate.to_json()


def test_prices_are_shown_by_the_unit_people_read(catalog: SnapshotCatalog) -> None:
    estimate = pipeline.estimate(
        [_declaration(_resource("aws_sqs_queue.q"))], replace(SETTINGS, assumptions=True), catalog
    )
    (line,) = estimate.resources[0].breakdown
    assert (line.unit, line.unit_price, line.quantity) == ("1M requests", Decimal("0.4"), Decimal("0.3"))


def test_several_projects_keep_their_addresses_apart(catalog: SnapshotCatalog) -> None:
    declarations = [_declaration(_resource("aws_kms_key.k"), path=path) for path in ("a", "b")]
    estimate = pipeline.estimate(declarations, SETTINGS, catalog)
    assert [resource.address for resource in estimate.resources] == ["a:aws_kms_key.k", "b:aws_kms_key.k"]
    assert estimate.totals.monthly_cost == 2


def test_the_day_decides_what_holds_only_from_a_day_on(catalog: SnapshotCatalog) -> None:
    database = _resource(
        "aws_db_instance.d", {"engine": "mysql", "engine_version": "8.0", "instance_class": "db.m5.large"}
    )
    names = []
    for day in ("2026-07-31T00:00:00Z", "2026-08-01T00:00:00Z"):
        estimate = pipeline.estimate([_declaration(database)], replace(SETTINGS, now=day), catalog)
        names.append([line.name for line in estimate.resources[0].breakdown if "support" in line.name])
    assert names == [[], ["Extended support (year 1)"]]


def test_a_borrowed_price_is_never_silent(catalog: SnapshotCatalog) -> None:
    declaration = _declaration(_resource("aws_instance.a", {"instance_type": "m5.large"}, region="mars-1"))
    (unpriced,) = pipeline.estimate([declaration], SETTINGS, catalog).resources
    assert unpriced.monthly_cost is None
    assert [line.reason for line in unpriced.unpriced] == ["price_not_found", "price_not_found"]
    borrowing = LayeredCatalog([NamedSnapshot("embedded", catalog)], borrowing=Borrowing())
    estimate = pipeline.estimate([declaration], SETTINGS, borrowing)
    (instance,) = estimate.resources
    assert instance.monthly_cost == Decimal("70.88")
    assert instance.cost_estimate is not None
    assert (instance.cost_estimate.basis, instance.cost_estimate.confidence) == ("list_price", "low")
    assert (instance.cost_estimate.min, instance.cost_estimate.max) == (Decimal("70.88"), Decimal("100.6496"))
    assert (estimate.totals.min, estimate.totals.max) == (Decimal("70.88"), Decimal("100.6496"))
    assert instance.breakdown[0].price == PriceOrigin(
        source="karpenter-provider-aws", as_of="2026-07-20", trust="borrowed", region="us-east-1"
    )
    assert Estimate.from_json(estimate.to_json(), "estimate.json") == estimate


def test_the_price_of_a_known_region_names_no_other(catalog: SnapshotCatalog) -> None:
    borrowing = LayeredCatalog([NamedSnapshot("embedded", catalog)], borrowing=Borrowing())
    known = _declaration(_resource("aws_instance.a", {"instance_type": "m5.large"}), _resource("aws_kms_key.k"))
    assert pipeline.estimate([known], SETTINGS, borrowing) == pipeline.estimate([known], SETTINGS, catalog)


def test_price_books_hold_by_type_and_path(catalog: SnapshotCatalog) -> None:
    here = Location("book.yml", 1)
    key_price = NegotiatedPrice(Pattern("aws/kms/k*"), None, "keys", (Tier(Decimal(0), Decimal("0.5")),), here)
    by_type = Discount(None, "aws_instance", None, Decimal(50), here)
    book = PriceBook("acme", "2026-11-01", "book.yml", (key_price,), (by_type,))
    layered = LayeredCatalog(
        [NamedSnapshot("embedded", catalog)], books=PriceBooks((book,), date.fromisoformat(SETTINGS.now[:10]))
    )
    declaration = _declaration(
        _resource("aws_instance.a", {"instance_type": "m5.large"}),
        _resource("aws_ebs_volume.v", {"type": "gp2", "size": 100}),
        _resource("aws_kms_key.k"),
    )
    estimate = pipeline.estimate([declaration], SETTINGS, layered)
    assert {r.address: r.monthly_cost for r in estimate.resources} == {
        "aws_instance.a": Decimal("35.44"),
        "aws_ebs_volume.v": Decimal(10),
        "aws_kms_key.k": Decimal("0.5"),
    }
    origins = {r.address: r.breakdown[0].price for r in estimate.resources}
    assert origins["aws_instance.a"] == PriceOrigin(
        source="acme -50% of karpenter-provider-aws", as_of="2026-07-20", trust="own"
    )
    assert origins["aws_kms_key.k"] == PriceOrigin(source="acme", as_of="2026-11-01", trust="own")


RESERVED = ReservedInstance(
    kind="reserved_instance", id="ri-1", service="ec2", type="m5.large", region="us-east-1", count=1, term="1_year",
    hourly_rate=Decimal("0.06"), start=date(2026, 1, 10), end=date(2027, 1, 9),
)  # fmt: skip
COMMITTED = replace(SETTINGS, commitments=(RESERVED,))


def _costs(list_cost: str, committed: str, effective: str) -> Costs:
    return Costs(list=Decimal(list_cost), committed=Decimal(committed), effective=Decimal(effective))


def test_list_committed_and_effective_cost_stand_side_by_side(catalog: SnapshotCatalog) -> None:
    declaration = _declaration(
        _resource("aws_instance.a", {"instance_type": "m5.large"}),
        _resource("aws_instance.b", {"instance_type": "m5.xlarge"}),
        _resource("aws_kms_key.k"),
        _resource("aws_iam_role.r"),
        _resource("aws_sqs_queue.q"),
        _resource("aws_instance.typo", {"instance_type": "m99.large"}),
    )
    heard: list[str] = []
    estimate = pipeline.estimate([declaration], COMMITTED, catalog, heard.append)
    assert {r.address: r.costs for r in estimate.resources} == {
        "aws_instance.a": _costs("70.88", "43.8", "44.6"),
        "aws_instance.b": _costs("140.96", "0", "140.96"),
        "aws_kms_key.k": _costs("1", "0", "1"),
        "aws_iam_role.r": None,
        "aws_sqs_queue.q": None,
        "aws_instance.typo": _costs("0.8", "0", "0.8"),
    }
    assert estimate.totals.costs == TotalCosts(**_costs("213.64", "43.8", "187.36").model_dump())
    assert estimate.commitments == (
        CommitmentUse(
            id="ri-1", kind="reserved_instance", monthly_cost=Decimal("43.8"), used_percent=Decimal(100),
            unused_cost=Decimal(0),
        ),
    )  # fmt: skip
    assert heard == ["commitment ri-1: it ends on 2027-01-09, in 49 days"]
    assert Estimate.from_json(estimate.to_json(), "estimate.json") == estimate


def test_commitments_change_nothing_at_list_price(catalog: SnapshotCatalog) -> None:
    declaration = _declaration(_resource("aws_instance.a", {"instance_type": "m5.large"}))
    with_them = pipeline.estimate([declaration], COMMITTED, catalog)
    without = pipeline.estimate([declaration], SETTINGS, catalog)
    (resource,) = with_them.resources
    assert (resource.model_copy(update={"costs": None}),) == without.resources
    assert with_them.totals.model_copy(update={"costs": None}) == without.totals
    assert (without.resources[0].costs, without.totals.costs, without.commitments) == (None, None, None)


def test_a_commitment_with_no_rate_or_past_its_end_is_not_applied(catalog: SnapshotCatalog) -> None:
    unknown = RESERVED.model_copy(update={"id": "ri-2", "type": "m99.large", "hourly_rate": None})
    past = RESERVED.model_copy(update={"id": "ri-3", "end": date(2026, 11, 20)})
    heard: list[str] = []
    estimate = pipeline.estimate(
        [_declaration()], replace(SETTINGS, commitments=(unknown, past)), catalog, heard.append
    )
    assert estimate.commitments == ()
    assert [warning.partition(":")[0] for warning in heard] == ["commitment ri-2"] * 2 + ["commitment ri-3"]
    assert heard[2] == "commitment ri-3: not applied: it ended on 2026-11-20"


def test_the_change_of_the_effective_cost(catalog: SnapshotCatalog) -> None:
    def instance(name: str, size: str, action: Action = "no-op") -> Resource:
        return _resource(f"aws_instance.{name}", {"instance_type": size}, action=action)

    # The reservation covers half of "grown" before; after the change the smaller "new" takes it.
    before = (instance("grown", "m5.xlarge"), instance("gone", "c5.large"))
    after = (instance("grown", "m5.2xlarge", "update"), instance("new", "m5.large", "create"))
    estimate = pipeline.estimate([_declaration(*after, before=before)], COMMITTED, catalog)
    rows = {a: (r.previous_effective_cost, r.costs, r.effective_delta) for a, r in _by_address(estimate).items()}
    assert rows == {
        "aws_instance.grown": (Decimal("114.68"), _costs("281.12", "0", "281.12"), Decimal("166.44")),
        "aws_instance.new": (Decimal(0), _costs("70.88", "43.8", "44.6"), Decimal("44.6")),
        "aws_instance.gone": (Decimal("62.85"), _costs("0", "0", "0"), Decimal("-62.85")),
    }
    costs = estimate.totals.costs
    assert costs is not None
    assert (costs.effective_previous, costs.effective_delta) == (Decimal("177.53"), Decimal("148.19"))
    assert (estimate.totals.previous, estimate.totals.delta) == (Decimal("203.81"), Decimal("148.19"))


def test_the_effective_cost_is_compared_only_where_both_states_have_one(catalog: SnapshotCatalog) -> None:
    declaration = _declaration(_resource("aws_instance.a", {"instance_type": "m5.large"}))
    committed = pipeline.estimate([declaration], COMMITTED, catalog)
    at_list_price = pipeline.estimate([declaration], SETTINGS, catalog)
    costs = compare(committed, at_list_price).totals.costs
    assert costs is not None
    assert (costs.effective_previous, costs.effective_delta) == (None, None)
    assert compare(at_list_price, committed).totals.costs is None
