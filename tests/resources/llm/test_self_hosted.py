"""A language model on machines of one's own."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.adjust.unit_cost import unit_cost
from tollbar.component import Production, Quantity
from tollbar.resources.llm.self_hosted import TYPES, tokens_served
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.catalog.layers import LayeredCatalog

HOSTED = "llm_self_hosted"
KEYS = TYPES[0].usage_key_by_name

EXAMPLES = (
    Example(HOSTED, {"model": "m", "instance_type": "g5.xlarge"}, {"replicas": 2, "tokens_per_second": 1000}),
    Example(HOSTED, {"model": "m", "cloud": "gcp", "gpu": "l4"}, {"replicas": 1}, region="us-central1"),
    Example(HOSTED, {"model": "m", "gpu_price": "akash/marketplace/h100/h100", "gpus": 2}, {"replicas": 1}),
)


@pytest.mark.parametrize(
    ("attributes", "region", "lines"),
    [
        ({"instance_type": "g5.xlarge"}, "us-east-1", {"Machine hours (g5.xlarge, on-demand)": "734.38"}),
        ({"gpu": "h100", "gpus": 8}, "us-east-1", {"Machine hours (p5.48xlarge, on-demand)": "40179.20"}),
        ({"gpu": "T4"}, "us-east-1", {"Machine hours (g4dn.xlarge, on-demand)": "383.98"}),
        (
            {"cloud": "gcp", "gpu": "l4"},
            "us-central1",
            {"Machine hours (g2-standard-4, on-demand)": "515.99"},
        ),
        (
            {"gpu_price": "akash/marketplace/h100/h100", "gpus": 2},
            "x",
            {"GPU hours (akash/marketplace/h100/h100)": "1825.00"},
        ),
    ],
)  # fmt: skip
def test_machine_hours(
    cost_lines: CostLines, attributes: dict[str, object], region: str, lines: dict[str, str]
) -> None:
    found = cost_lines(HOSTED, {"model": "m", **attributes}, {}, region=region)
    assert found == {name: Decimal(cost) for name, cost in lines.items()}


def test_replicas_are_a_range(cost_lines: CostLines) -> None:
    lines = cost_lines(HOSTED, {"instance_type": "g5.xlarge"}, {"replicas": {"low": 1, "expected": 3, "high": 5}})
    assert lines == {"Machine hours (g5.xlarge, on-demand)": Decimal("2203.14")}


def test_no_machine_is_guessed(cost_lines: CostLines) -> None:
    nothing = {"price_not_found": "neither instance_type, gpu_price nor a known gpu of a cloud is told"}
    assert cost_lines(HOSTED, {"model": "m"}) == nothing
    unknown = cost_lines(HOSTED, {"model": "m", "gpu": "quantum"})
    assert str(unknown["price_not_found"]).startswith("no machine of aws has a GPU 'quantum'. Known: a100, ")
    many = cost_lines(HOSTED, {"model": "m", "gpu": "t4", "gpus": 99})
    assert many == {"price_not_found": "no machine of aws has 99 t4 GPUs"}
    assert cost_lines(HOSTED, {"model": "m", "cloud": "moon", "gpu": "t4"}) == nothing


def _served(told: dict[str, object], compare_with: str | None = None) -> Production:
    resource = declared(HOSTED, {"model": "m", "instance_type": "g5.xlarge", "compare_with": compare_with})
    return tokens_served(resource, Usage(told, KEYS))


def test_tokens_served_follow_from_load() -> None:
    served = _served({"replicas": 2, "tokens_per_second": 1000, "utilisation": 0.4})
    assert served.quantity.expected == Decimal(2) * 1000 * 730 * 3600 / 1000 * Decimal("0.4")
    assert served.capacity.expected == Decimal(2) * 1000 * 730 * 3600 / 1000


def test_no_load_serves_nothing() -> None:
    assert _served({"tokens_per_second": 1000, "utilisation": 0}).quantity.expected == 0


def test_a_unit_has_a_cost_and_a_break_even(catalog: LayeredCatalog) -> None:
    served = _served({"tokens_per_second": 1000, "utilisation": 0.5}, "gpt-4o")
    figures = unit_cost(Decimal(1314), served, catalog)
    assert figures is not None
    # 1,314,000 x 1K tokens a month; gpt-4o: 0.6 x $2.50 + 0.4 x $10 = $5.50 per million.
    assert (figures.quantity, figures.cost) == (Decimal(1_314_000), Decimal("0.001"))
    assert figures.compared_cost == Decimal("0.0055")
    assert figures.break_even is not None
    assert figures.break_even * Decimal("0.0055") == pytest.approx(Decimal(1314))


def test_beyond_capacity_there_is_no_break_even(catalog: LayeredCatalog) -> None:
    figures = unit_cost(Decimal(100_000), _served({"tokens_per_second": 10}, "gpt-4o-mini"), catalog)
    assert figures is not None
    assert figures.break_even is None


def test_without_a_price_elsewhere_nothing_is_compared(catalog: LayeredCatalog) -> None:
    figures = unit_cost(Decimal(100), _served({"tokens_per_second": 10}, "llama-3"), catalog)
    assert figures is not None
    assert (figures.compared_cost, figures.break_even) == (None, None)


def test_without_production_there_is_no_unit_cost(catalog: LayeredCatalog) -> None:
    assert unit_cost(Decimal(100), _served({}), catalog) is None
    assert unit_cost(Decimal(100), Production("x", Quantity.fixed(0), Quantity.fixed(0)), catalog) is None
