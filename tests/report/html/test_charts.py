"""The charts' geometry, compared bar by bar."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.report.reports import an_estimate
from tollbar.estimate import CostEstimate, Estimate
from tollbar.report.html import charts
from tollbar.report.html.charts import Bar, Chart, RangeBar


def with_totals(estimate: Estimate, **changes: object) -> Estimate:
    """Return the estimate with other totals."""
    return estimate.model_copy(update={"totals": estimate.totals.model_copy(update=changes)})


def with_deltas(*deltas: str, previous: str, monthly_cost: str) -> Estimate:
    """Return an estimate of as many resources that change by so much."""
    resource = an_estimate().resources[0]
    changed = tuple(
        resource.model_copy(
            update={
                "address": f"aws_instance.r{i:02}",
                "monthly_cost": Decimal(1000) + Decimal(delta),
                "previous_monthly_cost": Decimal(1000),
            }
        )
        for i, delta in enumerate(deltas)
    )
    estimate = an_estimate().model_copy(update={"resources": changed})
    return with_totals(estimate, previous=Decimal(previous), monthly_cost=Decimal(monthly_cost))


def test_costs_by_cloud_have_their_shares() -> None:
    estimate = with_totals(an_estimate(), by_cloud={"gcp": Decimal(50), "aws": Decimal(200), "azure": Decimal("0.5")})
    assert charts.by_cloud(estimate) == Chart(
        [
            Bar("aws", "$200.00 (80%)", "0%", "100%", "share", "aws: $200.00 (80%)"),
            Bar("gcp", "$50.00 (20%)", "0%", "25%", "share", "gcp: $50.00 (20%)"),
            Bar("azure", "$0.50 (<1%)", "0%", "0.4%", "share", "azure: $0.50 (<1%)"),
        ]
    )


def test_what_belongs_to_no_team_is_told() -> None:
    assert charts.by_team(an_estimate()) == Chart(
        (), note="No team is known: set team in tollbar.yml, or tag resources with team."
    )
    some = with_totals(an_estimate(), by_team={"checkout": Decimal(500)})
    assert charts.by_team(some).note == "$106.49 belongs to no team."
    assert charts.by_team(with_totals(an_estimate(), by_team={"a": Decimal("606.49")})).note == ""


def test_beyond_the_dearest_resources_the_rest_is_one_bar() -> None:
    resource = an_estimate().resources[0]
    many = tuple(
        resource.model_copy(update={"address": f"aws_instance.r{i:02}", "monthly_cost": Decimal(100 - i)})
        for i in range(20)
    )
    rows = charts.by_resource(an_estimate().model_copy(update={"resources": many})).rows
    assert len(rows) == 16
    assert rows[0] == Bar("aws_instance.r00", "$100.00 (6%)", "0%", "24.1%", "share", "aws_instance.r00: $100.00 (6%)")
    assert rows[-1] == Bar("5 others", "$415.00 (23%)", "0%", "100%", "rest", "5 others: $415.00 (23%)")


def test_what_has_no_cost_is_in_no_chart() -> None:
    estimate = an_estimate(resources=[])
    assert charts.by_resource(estimate) == Chart([])
    assert charts.ranges(estimate) == Chart((), note="No resource's cost is a range.")


def test_the_waterfall_leads_from_before_to_after() -> None:
    chart = charts.waterfall(with_deltas("600", "-150", "0", previous="400", monthly_cost="850"))
    assert chart is not None
    assert chart.rows == [
        Bar("Before", "$400.00", "0%", "40%", "total", "Before: $400.00"),
        Bar("aws_instance.r00", "▲ +$600.00", "40%", "60%", "up",
            "aws_instance.r00: rises by $600.00, to $1,000.00 in all"),
        Bar("aws_instance.r01", "▼ -$150.00", "85%", "15%", "down",
            "aws_instance.r01: falls by $150.00, to $850.00 in all"),
        Bar("After", "$850.00", "0%", "85%", "total", "After: $850.00"),
    ]  # fmt: skip
    assert ([tick.label for tick in chart.ticks], chart.note) == (["$0", "$200", "$400", "$600", "$800", "$1k"], "")


def test_what_is_not_fully_known_is_a_step_of_its_own() -> None:
    chart = charts.waterfall(an_estimate())
    assert chart is not None
    assert [(row.label, row.kind) for row in chart.rows if isinstance(row, Bar)] == [
        ("Before", "total"),
        ("aws_instance.api", "up"),
        ("aws_nat_gateway.main", "up"),
        ("Resources of which one side is not fully known", "rest"),
        ("After", "total"),
    ]


def test_many_changes_are_summed_up() -> None:
    chart = charts.waterfall(with_deltas(*["10"] * 20, previous="0", monthly_cost="200"))
    assert chart is not None
    assert len(chart.rows) == 18
    assert chart.rows[16] == Bar(
        "5 other changes", "▲ +$50.00", "75%", "25%", "up", "5 other changes: rises by $50.00, to $200.00 in all"
    )


def test_a_small_change_of_a_large_sum_is_seen_on_an_axis_that_says_where_it_begins() -> None:
    chart = charts.waterfall(with_deltas("100", previous="10000", monthly_cost="10100"))
    assert chart is not None
    assert chart.note == "The axis begins at $9,899.00, not at zero."
    assert [(row.start, row.width) for row in chart.rows if isinstance(row, Bar)] == [
        ("0%", "50.25%"),
        ("50.25%", "49.75%"),
        ("0%", "100%"),
    ]


@pytest.mark.parametrize(("previous", "monthly_cost", "deltas"), [("0", "0", []), ("100", "0", ["-100"])])
def test_nothing_is_an_amount_too(previous: str, monthly_cost: str, deltas: list[str]) -> None:
    chart = charts.waterfall(with_deltas(*deltas, previous=previous, monthly_cost=monthly_cost))
    assert chart is not None
    assert chart.rows[-1] == Bar("After", "$0.00", "0%", "0%", "total", "After: $0.00")


def test_without_a_state_to_compare_with_there_is_no_waterfall() -> None:
    assert charts.waterfall(with_totals(an_estimate(), previous=None, delta=None)) is None


def test_ranges_show_all_four_figures() -> None:
    assert charts.ranges(an_estimate()).rows == [
        RangeBar("aws_nat_gateway.main", "$33.30-$77.85", "42.77%", "57.23%", "53.76%", "53.76%",
                 "aws_nat_gateway.main: at least $33.30, expected $41.85, $41.85 or less in nine cases of ten, "
                 "at most $77.85"),
    ]  # fmt: skip


def test_of_many_ranges_those_that_may_cost_most_are_shown() -> None:
    resource = an_estimate().resources[0]
    many = tuple(
        resource.model_copy(
            update={
                "address": f"r{i:02}",
                "cost_estimate": CostEstimate(
                    min=Decimal(1), expected=Decimal(2), p90=Decimal(3), max=Decimal(10 + i), basis="usage",
                    confidence="low",
                ),
            }
        )
        for i in range(18)
    )  # fmt: skip
    chart = charts.ranges(an_estimate().model_copy(update={"resources": many}))
    assert [row.label for row in chart.rows] == [f"r{i:02}" for i in range(17, 2, -1)]
    assert chart.note == "3 more resources have a range; these may cost most."


def test_a_long_name_keeps_both_ends() -> None:
    resource = an_estimate().resources[0].model_copy(update={"address": f"module.{'x' * 300}.aws_instance.api[0]"})
    (row,) = charts.by_resource(an_estimate().model_copy(update={"resources": (resource,)})).rows
    assert len(row.label) == 120
    assert row.label.startswith("module.xxx")
    assert row.label.endswith("xxx.aws_instance.api[0]")
