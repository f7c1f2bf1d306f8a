"""Call sites as resources: addresses that last, how often they are made, what has no price and why."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.inputs.llm_code.python_project import sites_in
from tollbar.inputs.llm_code.call_site import CallSite, Multiplicity
from tollbar.inputs.llm_code.resources import resources_of, times_of
from tollbar.inputs.llm_code.settings import CodeConfig
from tollbar.inputs.workload_kinds import Range
from tollbar.location import Location


def _site(model: str | None = "gpt-4o", symbol: str = "app.ask", limit: int | None = None, **more: object) -> CallSite:
    place = Location("app.py", 3)
    return CallSite(place, "openai", "chat", symbol, model=model, max_output_tokens=limit, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("multiplicity", "times"),
    [
        (Multiplicity(), (1, 1, 1)),
        (Multiplicity(1000, 1000), (1000, 1000, 1000)),
        (Multiplicity(1, 12), (1, 7, 12)),
        (Multiplicity(1, None), (1, 10, 100)),
        (Multiplicity(3, None), (3, 30, 300)),
    ],
)
def test_how_often_a_call_is_taken_to_be_made(multiplicity: Multiplicity, times: tuple[int, int, int]) -> None:
    assert times_of(multiplicity) == times


def test_a_resource_says_what_rules_and_prices_ask() -> None:
    text = (
        "from openai import OpenAI\n\n\ndef summarize(text):\n    for n in range(3):\n"
        "        OpenAI().responses.create(model='gpt-4o', input='Sum up: ' + text, max_output_tokens=50)\n"
    )
    (resource,) = resources_of(sites_in({"src/app.py": text}), CodeConfig(calls_per_month=7))
    assert (resource.address, resource.type, resource.cloud, resource.location, resource.usage, resource.missing) == (
        "code.app.summarize",
        "llm_api_call",
        "llm",
        Location("src/app.py", 6),
        {"monthly_calls": 7},
        None,
    )
    assert resource.attributes.values == {
        "client": "openai",
        "operation": "chat",
        "model": "gpt-4o",
        "model_origin": "literal",
        "provider": "openai",
        "batch": False,
        "task_type": "summarization",
        "max_output_tokens": 50,
        "max_retries": 2,
        "prompt_tokens": 4,
        "prompt_is_whole": False,
        "times": {"low": 3, "expected": 3, "high": 3},
        "times_reasons": ["in a loop over range(3) at line 5"],
    }


def test_calls_of_one_function_are_numbered() -> None:
    sites = [_site(), _site(), _site(symbol="app.other")]
    assert [resource.address for resource in resources_of(sites, CodeConfig())] == [
        "code.app.ask",
        "code.app.ask[2]",
        "code.app.other",
    ]


def test_a_call_put_before_another_does_not_change_both() -> None:
    before = resources_of([_site(limit=100), _site("o1")], CodeConfig())
    after = resources_of([_site("gpt-5"), _site(limit=100), _site("o1")], CodeConfig(), before)
    assert [(resource.address, resource.attributes.get("model")) for resource in after] == [
        ("code.app.ask[3]", "gpt-5"),
        ("code.app.ask", "gpt-4o"),
        ("code.app.ask[2]", "o1"),
    ]


def test_a_call_whose_model_changes_keeps_its_address() -> None:
    before = resources_of([_site(limit=100), _site("o1")], CodeConfig())
    after = resources_of([_site("gpt-5", limit=100), _site("o1")], CodeConfig(), before)
    assert [resource.address for resource in after] == ["code.app.ask", "code.app.ask[2]"]


def test_a_choice_of_models_shares_the_calls() -> None:
    (one, two) = resources_of([_site(alternatives=2), _site("o1", alternatives=2)], CodeConfig())
    assert one.attributes.get("times") == {"low": 0, "expected": Decimal("0.5"), "high": 1}
    assert two.attributes.get("times") == one.attributes.get("times")


@pytest.mark.parametrize(
    ("site", "missing"),
    [
        (_site(), None),
        (
            _site(None, unknown_model="it is read from the environment variable M"),
            "the model is not known: it is read from the environment variable M",
        ),
        (_site(None), "the model is not known: the source does not tell it"),
        (
            _site("gpt-4o", provider="the server at open.bigmodel.cn"),
            "the prices of the server at open.bigmodel.cn are not known",
        ),
    ],
)
def test_why_a_call_has_no_price(site: CallSite, missing: str | None) -> None:
    (resource,) = resources_of([site], CodeConfig())
    assert resource.missing == missing


def test_what_is_free_is_left_out_and_what_is_not_billed_by_token_has_no_price() -> None:
    text = (
        "import openai\n\nopenai.moderations.create(model='omni-moderation-latest', input='x')\n"
        "openai.images.generate(model='dall-e-3', prompt='x')\n"
    )
    (resource,) = resources_of(sites_in({"app.py": text}), CodeConfig())
    assert resource.missing == "images are billed by their size and number, which the source does not tell"


@pytest.mark.parametrize(
    ("symbol", "calls"),
    [("app.ask", 5), ("app.Bot.reply", 9), ("other.ask", Range(Decimal(1), Decimal(2), Decimal(3)))],
)
def test_the_first_site_that_fits_tells_how_often(symbol: str, calls: object) -> None:
    told = {
        "calls_per_month": {"low": 1, "expected": 2, "high": 3},
        "sites": [{"match": "code.app.ask", "calls_per_month": 5}, {"match": "app.*", "calls_per_month": 9}],
    }
    assert CodeConfig.model_validate(told).calls_of(symbol) == calls
