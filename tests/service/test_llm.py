"""Calls of language models over HTTP: priced, and tried against the policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx2


def test_calls_are_priced(client: httpx2.Client) -> None:
    call = {"name": "bot", "model": "gpt-4o", "calls_per_month": 40000, "input_tokens": 900, "output_tokens": 250}
    answer = client.post("/v1/llm/estimates?project=shop", json={"calls": [call]})
    assert answer.status_code == 200, answer.text
    estimate = answer.json()["estimate"]
    assert (estimate["totals"]["monthly_cost"], estimate["deployment"]["project_id"]) == (190.0, "shop")


def test_a_simulation_says_what_the_command_says(client: httpx2.Client) -> None:
    asked = {"policy": "prevent-model-overkill", "task": "summarization", "input_tokens": 400, "model": "gpt-4"}
    answer = client.post("/v1/llm/simulations", json=asked)
    assert answer.status_code == 200, answer.text
    document = answer.json()
    assert document["outcome"] == "deny"
    (violation,) = document["violations"]
    assert (violation["policy"], violation["fallback"]) == ("prevent-model-overkill", "gpt-4o-mini")
    assert violation["savings_per_month"] == pytest.approx(357.00)


@pytest.mark.parametrize(
    ("asked", "detail"),
    [
        ({"model": "gpt-4oo"}, "gpt-4o"),
        ({"model": "gpt-4", "policy": "prevent-model-overkil"}, "prevent-model-overkill"),
        ({"model": "gpt-4", "task": "sumarization"}, "summarization"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(client: httpx2.Client, asked: dict[str, str], detail: str) -> None:
    answer = client.post("/v1/llm/simulations", json=asked)
    assert answer.status_code == 422
    assert detail in answer.json().get("hint", "") + answer.json()["detail"]


@pytest.mark.parametrize("call", [{"kind": {"a": 1}}, {"kind": [1]}, {"name": "a", "model": "m", "x": 10**30}, {"": 1}])
def test_a_call_that_is_none_is_refused(client: httpx2.Client, call: dict[str, object]) -> None:
    assert client.post("/v1/llm/estimates", json={"calls": [call]}).status_code == 422
