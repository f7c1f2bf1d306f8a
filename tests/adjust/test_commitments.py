"""Commitments applied to the lines of an estimate, by the vendors' own examples."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.adjust.price_list import EMPTY, PriceList
from tollbar.adjust.commitment import KINDS
from tollbar.adjust.commitments import Applied, apply
from tollbar.adjust.machine_part import ComputeLine, compute_line
from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.pricing import Cost, PricedComponent
from tollbar.catalog.table import SNAPSHOT
from tollbar.component import Component, Quantity
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.adjust.commitment_file import AnyCommitment

ON = date(2026, 6, 1)
MONTH = Decimal(730)


def held(kind: str, **told: Any) -> AnyCommitment:
    """Return a commitment of a kind that holds for the whole of 2026."""
    days = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}
    return KINDS[kind].model_validate({"kind": kind, "id": "c-1", **days, **told})


def reserved(instance_type: str = "m5.large", count: int = 1, **told: Any) -> AnyCommitment:
    machine = {"service": "ec2", "type": instance_type, "region": "us-east-1", "count": count, "term": "1_year"}
    return held("reserved_instance", **{**machine, "hourly_rate": "0.06", **told})


def plan(hourly: str, **told: Any) -> AnyCommitment:
    return held("savings_plan", **{"plan": "compute", "hourly_commitment": hourly, **told})


def line(
    path: str, hourly: str, hours: Decimal | int | None = MONTH, region: str | None = "us-east-1", address: str = "a"
) -> ComputeLine:
    cost = None if hours is None else Decimal(hourly) * hours
    return ComputeLine(
        address, "Instance usage", PriceKey(path, region), None if hours is None else Decimal(hours), cost
    )


def ec2(instance_type: str, hourly: str, hours: Decimal | int | None = MONTH, **told: Any) -> ComputeLine:
    system = told.pop("system", "linux/shared")
    return line(f"aws/ec2/instance/{system}/on_demand/{instance_type}", hourly, hours, **told)


def told(applied: Applied) -> list[tuple[str, str, str | None]]:
    """Return covered hours, committed and effective cost of each line."""
    return [
        (
            f"{covered.covered.normalize():f}",
            f"{covered.committed_cost.normalize():f}",
            None if covered.effective_cost is None else f"{covered.effective_cost.normalize():f}",
        )
        for covered in applied.lines
    ]


def use(applied: Applied) -> list[tuple[str, str, str, str]]:
    """Return id, monthly cost, use in percent and unused cost of each commitment."""
    return [
        (c.id, f"{c.monthly_cost.normalize():f}", f"{c.used_percent.normalize():f}", f"{c.unused_cost.normalize():f}")
        for c in applied.commitments
    ]


def test_a_reserved_instance_covers_its_instance() -> None:
    applied = apply([reserved()], [ec2("m5.large", "0.1")], ON, EMPTY)
    assert told(applied) == [("730", "43.8", "43.8")]
    assert use(applied) == [("c-1", "43.8", "100", "0")]
    assert applied.lines[0].commitments == ("c-1",)
    assert applied.warnings == ()


def test_a_larger_size_of_the_family_is_covered_in_part() -> None:
    # The EC2 User Guide's example: a c4.large covers half of a c4.xlarge.
    applied = apply([reserved("c4.large")], [ec2("c4.xlarge", "0.2")], ON, EMPTY)
    assert told(applied) == [("365", "43.8", "116.8")]
    assert use(applied) == [("c-1", "43.8", "100", "0")]


def test_smaller_sizes_of_the_family_are_covered_first() -> None:
    # The EC2 User Guide's example: a t2.medium covers two t2.small.
    lines = [
        ec2("t2.large", "0.0928", address="a"),
        ec2("t2.small", "0.023", address="b"),
        ec2("t2.small", "0.023", address="c"),
    ]
    applied = apply([reserved("t2.medium", hourly_rate="0.03")], lines, ON, EMPTY)
    assert told(applied) == [("0", "0", "67.744"), ("730", "10.95", "10.95"), ("730", "10.95", "10.95")]


@pytest.mark.parametrize(
    "commitment",
    [
        reserved(os="windows"),
        reserved(tenancy="dedicated"),
        reserved(region="eu-west-1"),
        reserved("c5.large"),
        reserved("m5.xlarge", zonal=True),
        reserved(service="rds", engine="mysql"),
    ],
)
def test_another_product_is_not_covered(commitment: AnyCommitment) -> None:
    applied = apply([commitment], [ec2("m5.large", "0.1")], ON, EMPTY)
    assert told(applied) == [("0", "0", "73")]
    assert use(applied) == [("c-1", "43.8", "0", "43.8")]


@pytest.mark.parametrize(
    ("system", "told_of_it"),
    [
        ("windows/shared", {"os": "windows"}),
        ("rhel/shared", {"os": "rhel"}),
        ("linux/dedicated", {"tenancy": "dedicated"}),
    ],
)
def test_other_systems_are_reserved_by_the_size(system: str, told_of_it: dict[str, Any]) -> None:
    lines = [ec2("m5.large", "0.1", system=system), ec2("m5.xlarge", "0.2", system=system)]
    applied = apply([reserved(**told_of_it)], lines, ON, EMPTY)
    assert told(applied) == [("730", "43.8", "43.8"), ("0", "0", "146")]


def test_a_family_without_flexibility_is_reserved_by_the_size() -> None:
    lines = [ec2("g5.xlarge", "1"), ec2("g5.2xlarge", "2")]
    assert told(apply([reserved("g5.2xlarge", hourly_rate="1")], lines, ON, EMPTY)) == [
        ("0", "0", "730"),
        ("730", "730", "730"),
    ]


def test_upfront_payment_is_spread_over_the_term() -> None:
    commitment = reserved(payment="partial_upfront", hourly_rate="0.03", upfront="262.8")
    assert use(apply([commitment], [], ON, EMPTY)) == [("c-1", "43.8", "0", "43.8")]
    three = reserved(term="3_years", payment="all_upfront", hourly_rate=None, upfront="2628")
    assert use(apply([three], [], ON, EMPTY)) == [("c-1", "73", "0", "73")]


@pytest.mark.parametrize(
    ("commitment", "path"),
    [
        (reserved(hourly_rate=None), "aws/ec2/instance/linux/shared/reserved/standard/1_year/no_upfront/m5.large"),
        (
            reserved(hourly_rate=None, term="3_years", offering_class="convertible"),
            "aws/ec2/instance/linux/shared/reserved/convertible/3_year/no_upfront/m5.large",
        ),
        (
            reserved("db.m5.large", service="rds", engine="mysql", deployment="multi_az", hourly_rate=None),
            "aws/rds/instance/mysql/multi_az/reserved_1yr_no_upfront/db.m5.large",
        ),
        (
            reserved("cache.m5.large", service="elasticache", engine="redis", hourly_rate=None),
            "aws/elasticache/node/redis/reserved_1yr_no_upfront/cache.m5.large",
        ),
        (
            reserved("dc2.large", service="redshift", hourly_rate=None, term="3_years"),
            "aws/redshift/node/reserved_3yr_no_upfront/dc2.large",
        ),
        (
            reserved("m5.large.search", service="opensearch", hourly_rate=None),
            "aws/opensearch/instance/reserved_1yr_no_upfront/m5.large.search",
        ),
        (
            held("reservation", size="Standard_D4s_v5", region="us-east-1", count=1, term="3_years"),
            "azure/virtual_machines/linux/reserved/3_years/standard_d4s_v5",
        ),
    ],
)  # fmt: skip
def test_a_rate_that_is_not_told_is_looked_up(commitment: AnyCommitment, path: str) -> None:
    assert use(apply([commitment], [], ON, PriceList(**{path: "0.05"}))) == [("c-1", "36.5", "0", "36.5")]
    missing = apply([commitment], [], ON, EMPTY)
    assert missing.commitments == ()
    assert [(warning.id, warning.message) for warning in missing.warnings] == [
        ("c-1", f"not applied: no price for {path} in us-east-1: add hourly_rate or upfront")
    ]


def test_databases_count_by_their_deployment() -> None:
    commitment = reserved("db.m5.large", service="rds", engine="postgres", deployment="single_az", hourly_rate="0.1")
    multi = line("aws/rds/instance/postgres/multi_az/on_demand/db.m5.large", "0.4")
    assert told(apply([commitment], [multi], ON, EMPTY)) == [("365", "73", "219")]
    other = line("aws/rds/instance/mysql/single_az/on_demand/db.m5.large", "0.2")
    assert told(apply([commitment], [other], ON, EMPTY)) == [("0", "0", "146")]


def test_a_licensed_database_is_reserved_by_size_and_deployment() -> None:
    commitment = reserved("db.m5.large", service="rds", engine="sqlserver-se", hourly_rate="0.5")
    lines = [
        line(f"aws/rds/instance/sqlserver-se/{deployment}/on_demand/db.m5.{size}", "1")
        for deployment, size in (("single_az", "xlarge"), ("multi_az", "large"), ("single_az", "large"))
    ]
    assert [covered for covered, _, _ in told(apply([commitment], lines, ON, EMPTY))] == ["0", "0", "730"]


def test_a_savings_plan_covers_what_it_saves_most_on_first() -> None:
    rates = PriceList(
        **{
            "aws/ec2/instance/linux/shared/savings_plan_compute_1yr_no_upfront/m5.large": "0.07",  # saves 30 %
            "aws/ec2/instance/linux/shared/savings_plan_compute_1yr_no_upfront/c5.large": "0.05",  # saves 50 %
        }
    )
    lines = [ec2("m5.large", "0.1"), ec2("c5.large", "0.1")]
    applied = apply([plan("0.085")], lines, ON, rates)
    assert told(applied) == [("365", "25.55", "62.05"), ("730", "36.5", "36.5")]
    assert use(applied) == [("c-1", "62.05", "100", "0")]


def test_a_savings_plan_by_a_stated_percentage() -> None:
    applied = apply(
        [plan("1", percent="25")],
        [ec2("m5.large", "0.1"), line("aws/fargate/linux/x86_64/on_demand/vcpu", "0.04")],
        ON,
        EMPTY,
    )
    assert told(applied) == [("730", "54.75", "54.75"), ("730", "21.9", "21.9")]
    assert use(applied) == [("c-1", "730", "10.5", "653.35")]


def test_a_plan_for_one_family_covers_no_other() -> None:
    commitment = plan("1", plan="ec2_instance", family="m5", region="us-east-1", percent="50")
    lines = [ec2("m5.large", "0.1"), ec2("c5.large", "0.1"), ec2("m5.large", "0.1", region="eu-west-1")]
    assert [covered for covered, _, _ in told(apply([commitment], lines, ON, EMPTY))] == ["730", "0", "0"]


def test_a_plan_whose_rates_are_not_known_says_so() -> None:
    applied = apply([plan("1")], [ec2("m5.large", "0.1")], ON, EMPTY)
    assert told(applied) == [("0", "0", "73")]
    assert [warning.message for warning in applied.warnings] == [
        "the catalogue has no rate of this plan for m5.large in us-east-1: add percent"
    ]


def test_a_plan_that_would_cost_more_than_the_list_is_not_used() -> None:
    dear = PriceList(**{"aws/ec2/instance/linux/shared/savings_plan_compute_1yr_no_upfront/m5.large": "0.2"})
    assert told(apply([plan("1")], [ec2("m5.large", "0.1")], ON, dear)) == [("0", "0", "73")]


def test_reserved_instances_go_before_plans_and_plans_of_a_family_before_others() -> None:
    commitments = [
        plan("0.06", id="compute", percent="40"),
        plan("0.05", id="family", plan="ec2_instance", family="m5", region="us-east-1", percent="50"),
        reserved(id="ri"),
    ]
    lines = [ec2("m5.large", "0.1", MONTH * 3)]
    applied = apply(commitments, lines, ON, EMPTY)
    assert applied.lines[0].commitments == ("ri", "family", "compute")
    assert told(applied) == [("2190", "124.1", "124.1")]
    assert [entry[2] for entry in use(applied)] == ["100", "100", "100"]


def test_of_two_reservations_the_one_that_saves_more_goes_first() -> None:
    commitments = [reserved(id="a", hourly_rate="0.08"), reserved(id="b", hourly_rate="0.05")]
    applied = apply(commitments, [ec2("m5.large", "0.1")], ON, EMPTY)
    assert applied.lines[0].commitments == ("b",)
    assert [entry[::2] for entry in use(applied)] == [("a", "0"), ("b", "100")]


N2 = {
    "gcp/compute/instance/on_demand/n2-standard-2": "0.097118",
    "gcp/compute/instance/on_demand/n2-highmem-2": "0.131014",
    "gcp/compute/instance/committed_use_1yr/n2-standard-2": "0.061182",
    "gcp/compute/instance/committed_use_1yr/n2-highmem-2": "0.082534",
}  # vCPU 0.031611 and GiB 0.004237 on demand, 0.019915 and 0.002669 with committed use


def committed(**more: Any) -> AnyCommitment:
    return held("committed_use", **{"series": "n2", "region": "us-central1", "vcpus": 4, "memory_gib": 16, **more})


def n2(hours: Decimal = MONTH, machine_type: str = "n2-standard-4") -> ComputeLine:
    return line(f"gcp/compute/instance/on_demand/{machine_type}", "0.194236", hours, "us-central1")


def test_committed_use_covers_vcpus_and_memory_apart() -> None:
    applied = apply([committed()], [n2()], ON, PriceList(**N2))
    # 4 x 0.019915 + 16 x 0.002669 = 0.122364 an hour
    assert round(applied.lines[0].effective_cost or 0, 12) == Decimal("89.325720")
    assert [round(entry.unused_cost, 12) for entry in applied.commitments] == [0]
    only_vcpus = apply([committed(memory_gib=0)], [n2()], ON, PriceList(**N2))
    # The memory at list price: 16 x 0.004237; the vCPUs at 4 x 0.019915.
    assert round(only_vcpus.lines[0].effective_cost or 0, 12) == Decimal("107.639960")


def test_custom_machines_take_committed_vcpus_too() -> None:
    custom = line("gcp/compute/custom_vcpu/on_demand/n2", "0.033174", MONTH * 4, "us-central1")
    applied = apply([committed(memory_gib=0, vcpu_hourly_rate="0.02", gib_hourly_rate="0.003")], [custom], ON, EMPTY)
    assert told(applied) == [("2920", "58.4", "58.4")]


def test_a_series_whose_parts_have_no_price_is_not_covered() -> None:
    applied = apply([committed(series="c2")], [n2(machine_type="c2-standard-4")], ON, EMPTY)
    assert told(applied) == [("0", "0", "141.79228")]
    (warning,) = applied.warnings
    assert warning.message == (
        "not applied: the catalogue does not tell the committed use rates of c2 in us-central1:"
        " add vcpu_hourly_rate and gib_hourly_rate"
    )


def test_flexible_committed_use_is_dollars_an_hour() -> None:
    flexible = held("committed_use", type="flexible", hourly_commitment="0.1", percent="28")
    applied = apply([flexible], [n2(), line("gcp/compute/instance/on_demand/m1-ultramem-40", "6")], ON, PriceList(**N2))
    # 0.1 / 0.72 of list price are covered each hour.
    assert round(applied.lines[0].effective_cost or 0, 8) == round(Decimal("141.79228") - 73 / Decimal("0.72") + 73, 8)
    assert applied.lines[1].effective_cost == 4380


@pytest.fixture
def shipped() -> Iterator[SnapshotCatalog]:
    """The embedded snapshot."""
    with closing(SnapshotCatalog(SNAPSHOT)) as catalog:
        yield catalog


# What a machine of 8 vCPUs and 32 GiB in us-central1 costs an hour: by list over a month, and committed for a year.
WHOLE_MONTH = [
    ("n2", "sustained_use/n2-standard-8", "0.3107776", "178.65144"),  # 730 x (8 x 0.019915 + 32 x 0.002669)
    ("n1", "sustained_use/n1-standard-8", "0.2659986", "174.75616"),  # 30 GiB
    ("n2d", "sustained_use/n2d-standard-8", "0.2703744", "155.42576"),
    ("c2", "sustained_use/c2-standard-8", "0.3340928", "192.04840"),
    ("e2", "on_demand/e2-standard-8", "0.268046", "123.27364"),  # 730 x (8 x 0.013741 + 32 x 0.001841875)
]


@pytest.mark.parametrize(("series", "machine", "hourly", "expected"), WHOLE_MONTH)
def test_committed_use_covers_what_runs_all_month_with_sustained_use(
    shipped: SnapshotCatalog, series: str, machine: str, hourly: str, expected: str
) -> None:
    running = line(f"gcp/compute/instance/{machine}", hourly, region="us-central1")
    applied = apply([committed(series=series, vcpus=16, memory_gib=64)], [running], ON, shipped)
    (covered,) = applied.lines
    assert covered.line.list_cost == Decimal(hourly) * 730
    assert round(covered.effective_cost or 0, 5) == Decimal(expected)
    assert round(covered.committed_cost, 5) == Decimal(expected)
    assert covered.commitments == ("c-1",)


def test_what_is_left_uncovered_costs_its_share_with_sustained_use(shipped: SnapshotCatalog) -> None:
    running = line("gcp/compute/instance/sustained_use/n2-standard-8", "0.3107776", region="us-central1")
    applied = apply([committed(vcpus=4, memory_gib=16)], [running], ON, shipped)
    # Half is committed at 4 x 0.019915 + 16 x 0.002669 an hour, half costs half the line.
    assert round(applied.lines[0].effective_cost or 0, 6) == Decimal("89.32572") + Decimal("113.433824")


def test_custom_machines_that_run_all_month_take_committed_vcpus_too() -> None:
    custom = line("gcp/compute/custom_vcpu/sustained_use/n2", "0.02655324", MONTH * 4, "us-central1")
    applied = apply([committed(memory_gib=0, vcpu_hourly_rate="0.02", gib_hourly_rate="0.003")], [custom], ON, EMPTY)
    assert told(applied) == [("2920", "58.4", "58.4")]


@pytest.mark.parametrize(("percent", "expected"), [("28", "204.180883"), ("15", "226.867648")])
def test_flexible_committed_use_is_below_the_price_without_sustained_use(
    shipped: SnapshotCatalog, percent: str, expected: str
) -> None:
    flexible = held("committed_use", type="flexible", hourly_commitment="5", percent=percent)
    running = line("gcp/compute/instance/sustained_use/n2-standard-8", "0.3107776", region="us-central1")
    applied = apply([flexible], [running], ON, shipped)
    # 28 % below 0.388472 an hour; 15 % below it would cost more than sustained use does.
    assert round(applied.lines[0].effective_cost or 0, 6) == Decimal(expected)


def azure(size: str, hourly: str, system: str = "linux") -> ComputeLine:
    return line(f"azure/virtual_machines/{system}/on_demand/{size}", hourly, MONTH, "westeurope")


def reservation(**more: Any) -> AnyCommitment:
    size = {"size": "Standard_D4s_v5", "region": "westeurope", "count": 1, "term": "1_year", "hourly_rate": "0.1"}
    return held("reservation", **{**size, **more})


@pytest.mark.parametrize(
    ("region", "told_of_it"),
    [
        ("westeurop", ["no region is called 'westeurop'. Did you mean 'westeurope'?"]),
        ("Mars", ["no region is called 'Mars'"]),
        ("westeurope", []),
    ],
)
def test_a_region_that_is_none_is_told_with_the_nearest(region: str, told_of_it: list[str]) -> None:
    applied = apply([reservation(region=region)], [azure("standard_d2s_v5", "0.1")], ON, EMPTY)
    assert [warning.message for warning in applied.warnings] == told_of_it


def test_a_region_that_the_estimate_knows_is_one() -> None:
    new = line("azure/virtual_machines/linux/on_demand/standard_d4s_v5", "0.2", MONTH, "marsnorth")
    applied = apply([reservation(region="marsnorth")], [new], ON, EMPTY)
    assert (told(applied), applied.warnings) == ([("730", "73", "73")], ())


def test_an_azure_reservation_covers_its_size_only() -> None:
    lines = [azure("standard_d4s_v5", "0.2"), azure("standard_d2s_v5", "0.1")]
    assert told(apply([reservation()], lines, ON, EMPTY)) == [("730", "73", "73"), ("0", "0", "73")]


def test_with_size_flexibility_it_covers_its_series() -> None:
    lines = [azure("standard_d8s_v5", "0.4"), azure("standard_d2s_v5", "0.1"), azure("standard_d2as_v5", "0.1")]
    applied = apply([reservation(instance_size_flexibility=True)], lines, ON, EMPTY)
    assert told(applied) == [("182.5", "36.5", "255.5"), ("730", "36.5", "36.5"), ("0", "0", "73")]


def test_a_windows_licence_is_not_covered() -> None:
    linux = PriceList(**{"azure/virtual_machines/linux/on_demand/standard_d4s_v5": "0.2"})
    windows = azure("standard_d4s_v5", "0.384", "windows")
    applied = apply([reservation()], [windows], ON, linux)
    assert told(applied)[0][1:] == ("73", "207.32")  # 0.1 + 0.184 an hour
    unknown = apply([reservation()], [windows], ON, EMPTY)
    assert told(unknown) == [("0", "0", "280.32")]


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        ("2026-06-02", "2027-06-01", "not applied: it begins on 2026-06-02"),
        ("2025-06-01", "2026-05-31", "not applied: it ended on 2026-05-31"),
        ("2025-08-01", "2026-07-31", "it ends on 2026-07-31, in 60 days"),
        ("2025-06-02", "2026-06-01", "it ends on 2026-06-01, in 0 days"),
    ],
)
def test_what_is_due_is_told(start: str, end: str, message: str) -> None:
    applied = apply([reserved(start=start, end=end)], [ec2("m5.large", "0.1")], ON, EMPTY)
    assert [(warning.id, warning.message) for warning in applied.warnings] == [("c-1", message)]
    assert (told(applied)[0][0] == "730") == (not message.startswith("not applied"))
    assert len(applied.commitments) == (0 if message.startswith("not applied") else 1)


def test_what_ends_later_is_not_told() -> None:
    assert apply([reserved(start="2025-08-02", end="2026-08-01")], [], ON, EMPTY).warnings == ()


def test_unknown_stays_unknown() -> None:
    lines = [ec2("m5.large", "0.1", None), ec2("m5.large", "0.1", region=None), ec2("m5.large", "0.1", 0)]
    applied = apply([reserved()], lines, ON, EMPTY)
    assert told(applied) == [("0", "0", None), ("0", "0", "73"), ("0", "0", "0")]


def test_a_priced_component_is_a_line_where_it_is_a_machine() -> None:
    key = PriceKey("aws/ec2/instance/linux/shared/on_demand/m5.large", "us-east-1")
    component = Component("Instance usage", Quantity.fixed(730), "hours", key)
    price = Price(key, "hours", (Tier(Decimal(0), Decimal("0.1")),), "list", "2026-11-01", "A")
    priced = PricedComponent(component, price, Cost(Decimal(73), Decimal(73), Decimal(73)))
    assert compute_line("aws_instance.a", priced) == ComputeLine(
        "aws_instance.a", "Instance usage", key, MONTH, Decimal(73)
    )
    without_use = PricedComponent(Component("Instance usage", Quantity.unknown(), "hours", key), price, None)
    assert compute_line("a", without_use) == ComputeLine("a", "Instance usage", key, None, None)
    disk = Component("Storage", Quantity.fixed(8), "GB-months", PriceKey("aws/ebs/gp3/storage", "us-east-1"))
    assert compute_line("a", PricedComponent(disk, price, None)) is None


def test_all_hours_of_a_month_are_paid_for_and_those_of_the_office_are_used() -> None:
    lines = [ec2("m5.large", "0.1", 220, address="a"), ec2("m5.large", "0.1", 220, address="b")]
    applied = apply([reserved()], lines, ON, EMPTY, Decimal(220))
    assert told(applied) == [("220", "13.2", "13.2"), ("0", "0", "22")]
    assert [(c.monthly_cost, c.used_cost) for c in applied.commitments] == [(Decimal("43.80"), Decimal("13.20"))]


def test_a_month_may_be_longer() -> None:
    applied = apply([reserved()], [ec2("m5.large", "0.1", 744)], ON, EMPTY, Decimal(744))
    assert use(applied) == [("c-1", "44.64", "100", "0")]


def test_the_rate_of_another_region_is_not_taken() -> None:
    class Borrowed:
        def find(self, key: PriceKey, _resource_type: str | None = None, /) -> Price:
            return Price(key, "hours", (Tier(Decimal(0), Decimal("0.05")),), "list", "2026-11-01", "borrowed")

        def names_below(self, _path: str, /) -> list[str]:
            return []

    path = "aws/ec2/instance/linux/shared/reserved/standard/1_year/no_upfront/m5.large"
    applied = apply([reserved(hourly_rate=None), plan("1")], [ec2("m5.large", "0.1")], ON, Borrowed())
    assert told(applied) == [("0", "0", "73")]
    assert [warning.message for warning in applied.warnings] == [
        f"not applied: no price for {path} in us-east-1: add hourly_rate or upfront",
        "the catalogue has no rate of this plan for m5.large in us-east-1: add percent",
    ]
