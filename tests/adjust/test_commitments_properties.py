"""What holds of every inventory and every estimate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from tests.adjust.price_list import PriceList
from tollbar.adjust.commitment import KINDS
from tollbar.adjust.commitments import Applied, apply
from tollbar.adjust.machine_part import ComputeLine
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from tollbar.adjust.commitment_file import AnyCommitment

ON = date(2026, 6, 1)
DAYS = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}
CATALOG = PriceList(
    **{
        "gcp/compute/instance/on_demand/n2-standard-2": "0.097118",
        "gcp/compute/instance/on_demand/n2-highmem-2": "0.131014",
        "gcp/compute/instance/committed_use_1yr/n2-standard-2": "0.061182",
        "gcp/compute/instance/committed_use_1yr/n2-highmem-2": "0.082534",
        "azure/virtual_machines/linux/on_demand/standard_d4s_v5": "0.2",
    }
)
MACHINES = [
    ("aws/ec2/instance/linux/shared/on_demand/m5.large", "us-east-1"),
    ("aws/ec2/instance/linux/shared/on_demand/m5.xlarge", "us-east-1"),
    ("aws/ec2/instance/windows/shared/on_demand/m5.large", "us-east-1"),
    ("aws/ec2/instance/linux/shared/on_demand/c5.large", "eu-west-1"),
    ("aws/rds/instance/mysql/multi_az/on_demand/db.m5.large", "us-east-1"),
    ("azure/virtual_machines/linux/on_demand/standard_d4s_v5", "westeurope"),
    ("azure/virtual_machines/windows/on_demand/standard_d4s_v5", "westeurope"),
    ("gcp/compute/instance/on_demand/n2-standard-4", "us-central1"),
    ("gcp/compute/instance/sustained_use/n2-standard-4", "us-central1"),
    ("gcp/compute/custom_ram/on_demand/n2", "us-central1"),
    ("gcp/compute/instance/on_demand/m1-ultramem-40", "us-central1"),
]
AMOUNT = st.decimals("0.01", "20", places=3)
HOURS = st.one_of(st.just(Decimal(730)), st.decimals("0", "10000", places=2))


@st.composite
def lines(draw: st.DrawFn) -> list[ComputeLine]:
    """Return lines of an estimate; of some the cost is not known."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        path, region = draw(st.sampled_from(MACHINES))
        hours = draw(HOURS)
        rate = draw(st.one_of(st.none(), AMOUNT))
        cost = None if rate is None else rate * hours
        known = None if cost is None else hours
        found.append(ComputeLine(f"machine.{number}", "Instance usage", PriceKey(path, region), known, cost))
    return found


@st.composite
def commitments(draw: st.DrawFn) -> list[AnyCommitment]:
    """Return commitments of every kind."""
    found: list[AnyCommitment] = []
    for number in range(draw(st.integers(0, 5))):
        rate, amount, count = draw(AMOUNT), draw(AMOUNT), draw(st.integers(1, 5))
        machines = {"count": count, "term": "1_year", "hourly_rate": rate}
        dollars = {"hourly_commitment": amount, "percent": draw(st.integers(1, 99))}
        instances = {"kind": "reserved_instance", "region": "us-east-1", **machines}
        resources = {"series": "n2", "region": "us-central1", "vcpus": count, "memory_gib": amount}
        kinds: list[dict[str, Any]] = [
            {**instances, "service": "ec2", "type": "m5.large"},
            {**instances, "service": "rds", "type": "db.m5.xlarge", "engine": "mysql"},
            {"kind": "savings_plan", "plan": "compute", **dollars},
            {"kind": "savings_plan", "plan": "ec2_instance", "family": "m5", "region": "us-east-1", **dollars},
            {"kind": "committed_use", **resources},
            {"kind": "committed_use", "type": "flexible", **dollars},
            {"kind": "reservation", "size": "Standard_D4s_v5", "region": "westeurope", **machines},
        ]
        told = draw(st.sampled_from(kinds))
        found.append(KINDS[told["kind"]].model_validate({**told, **DAYS, "id": f"c-{number}"}))
    return found


def total(amounts: list[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def applied_to(held: list[AnyCommitment], listed: list[ComputeLine]) -> Applied:
    return apply(held, listed, ON, CATALOG)


@given(commitments(), lines())
def test_the_money_adds_up(held: list[AnyCommitment], listed: list[ComputeLine]) -> None:
    applied = applied_to(held, listed)
    known = [line for line in applied.lines if line.effective_cost is not None]
    effective = total([line.effective_cost for line in known if line.effective_cost is not None])
    unused = total([commitment.unused_cost for commitment in applied.commitments])
    paid = total([commitment.monthly_cost for commitment in applied.commitments])
    at_list = total([(line.effective_cost or Decimal(0)) - line.committed_cost for line in known])
    assert round(effective + unused, 9) == round(at_list + paid, 9)


@given(commitments(), lines())
def test_nothing_is_negative_or_more_than_there_is(held: list[AnyCommitment], listed: list[ComputeLine]) -> None:
    applied = applied_to(held, listed)
    for line in applied.lines:
        assert line.committed_cost >= 0
        assert (line.effective_cost is None) == (line.line.list_cost is None)
        assert line.effective_cost is None or line.effective_cost >= 0
        assert 0 <= line.covered <= (line.line.hours or 0) + Decimal("1e-9")
        at_list = (line.effective_cost or Decimal(0)) - line.committed_cost
        assert at_list <= (line.line.list_cost or 0) + Decimal("1e-9")
        assert (line.covered > 0) == bool(line.commitments)
    for commitment in applied.commitments:
        assert 0 <= commitment.used_cost <= commitment.monthly_cost
        assert 0 <= commitment.used_percent <= 100


@given(lines())
def test_without_commitments_the_list_price_holds(listed: list[ComputeLine]) -> None:
    applied = applied_to([], listed)
    assert [line.effective_cost for line in applied.lines] == [line.list_cost for line in listed]


@given(commitments(), lines(), st.randoms(use_true_random=False))
def test_the_order_of_lines_and_commitments_does_not_matter(
    held: list[AnyCommitment], listed: list[ComputeLine], random: object
) -> None:
    shuffled_lines, shuffled = list(listed), list(held)
    for entries in (shuffled_lines, shuffled):
        random.shuffle(entries)  # type: ignore[attr-defined]  # hypothesis types it as object
    one, other = applied_to(held, listed), applied_to(shuffled, shuffled_lines)
    by_address = {line.line.address: line for line in other.lines}
    assert {line.line.address: line for line in one.lines} == by_address
    assert {entry.id: entry for entry in one.commitments} == {entry.id: entry for entry in other.commitments}


@given(st.decimals("0.01", "0.6", places=2), st.decimals("0.01", "3", places=2))
def test_a_plan_never_makes_a_line_dearer(share: Decimal, hourly: Decimal) -> None:
    plan = KINDS["savings_plan"].model_validate(
        {
            "kind": "savings_plan",
            "id": "p",
            "plan": "compute",
            "hourly_commitment": hourly,
            "percent": share * 100,
            **DAYS,
        }
    )
    key = PriceKey(*MACHINES[0])
    (line,) = applied_to([plan], [ComputeLine("a", "b", key, Decimal(730), Decimal(730))]).lines
    assert line.effective_cost is not None
    assert line.effective_cost <= 730
