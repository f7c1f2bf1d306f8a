"""Models deployed on Azure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

_DEPLOYMENT = "azurerm_cognitive_deployment"
_TEXT = {
    "monthly_language_input_tokens": 10_000_000,
    "monthly_language_cached_input_tokens": 4_000_000,
    "monthly_language_output_tokens": 1_000_000,
}


def _declared(
    model: str,
    sku: str = "GlobalStandard",
    *,
    version: str | None = None,
    made_by: str = "OpenAI",
    capacity: int | None = None,
) -> dict[str, object]:
    return {
        "model": [{"format": made_by, "name": model, "version": version}],
        "sku": [{"name": sku, "capacity": capacity}],
    }


_CHAT = {**_TEXT, "monthly_code_interpreter_sessions": 100}
EXAMPLES = (
    Example(_DEPLOYMENT, _declared("gpt-4o", version="2024-08-06"), _CHAT),
    Example(_DEPLOYMENT, _declared("gpt-4o-mini", "GlobalProvisionedManaged", capacity=15), grows=("sku.capacity",)),
    Example(_DEPLOYMENT, _declared("DeepSeek-R1", made_by="DeepSeek"), _TEXT),
    Example(_DEPLOYMENT, _declared("text-embedding-3-small"), {"monthly_text_embedding_tokens": 1_000_000}),
    Example(
        _DEPLOYMENT,
        _declared("gpt-4.1", "GlobalStandard"),
        {
            **_CHAT,
            "monthly_fine_tuning_training_tokens": 1_000_000,
            "monthly_fine_tuning_hosting_hours": 730,
            "monthly_fine_tuning_input_tokens": 1_000_000,
            "monthly_fine_tuning_output_tokens": 1_000_000,
        },
    ),
    Example(
        _DEPLOYMENT,
        _declared("gpt-realtime"),
        {**_TEXT, "monthly_audio_input_tokens": 1_000_000, "monthly_audio_output_tokens": 1_000_000},
    ),
    Example(_DEPLOYMENT, _declared("sora-2"), {"monthly_video_seconds": 100}),
)


@pytest.mark.parametrize(
    ("sku", "costs"),
    [
        ("GlobalStandard", ("25.00", "5.00", "10.00")),
        ("DataZoneStandard", ("27.50", "5.50", "11.00")),
        ("Standard", ("27.50", "5.50", "11.00")),
    ],
)
def test_tokens_cost_by_deployment_type(cost_lines: CostLines, sku: str, costs: tuple[str, str, str]) -> None:
    lines = cost_lines(_DEPLOYMENT, _declared("gpt-4o", sku, version="2024-08-06"), _TEXT)
    names = ("Text input (gpt-4o)", "Cached text input (gpt-4o)", "Text output (gpt-4o)")
    assert lines == {
        **{name: Decimal(cost) for name, cost in zip(names, costs, strict=True)},
        "Code interpreter sessions": "usage",
    }


def test_a_batch_costs_half(cost_lines: CostLines) -> None:
    usage = {"monthly_language_input_tokens": 10_000_000, "monthly_language_output_tokens": 1_000_000}
    lines = cost_lines(_DEPLOYMENT, _declared("gpt-4o-mini", "GlobalBatch"), usage)
    assert lines["Text input (gpt-4o-mini)"] == Decimal("0.75")
    assert lines["Text output (gpt-4o-mini)"] == Decimal("0.30")


@pytest.mark.parametrize(
    ("sku", "where", "cost"),
    [
        ("GlobalProvisionedManaged", "global", "10950.00"),
        ("DataZoneProvisionedManaged", "data zone", "12045.00"),
        ("ProvisionedManaged", "regional", "21900.00"),
    ],
)
@pytest.mark.parametrize(("model", "made_by"), [("gpt-4o", "OpenAI"), ("DeepSeek-R1", "DeepSeek")])
def test_provisioned_throughput_is_billed_for_every_hour(
    cost_lines: CostLines, sku: str, where: str, cost: str, model: str, made_by: str
) -> None:
    attributes = _declared(model, sku, capacity=15, made_by=made_by)
    assert cost_lines(_DEPLOYMENT, attributes, _TEXT) == {f"Provisioned throughput units ({where})": Decimal(cost)}


@pytest.mark.parametrize(
    ("version", "cost"), [("2024-05-13", "50.00"), ("2024-08-06", "25.00"), ("2024-11-20", "25.00"), (None, "25.00")]
)
def test_the_version_decides(cost_lines: CostLines, version: str | None, cost: str) -> None:
    lines = cost_lines(_DEPLOYMENT, _declared("gpt-4o", version=version), _TEXT)
    assert lines["Text input (gpt-4o)"] == Decimal(cost)


def test_a_version_that_only_apply_tells_counts_only_where_it_decides(cost_lines: CostLines) -> None:
    unknown = {"model": [{"format": "OpenAI", "name": "gpt-4o", "version": UNKNOWN}], "sku": [{"name": "Standard"}]}
    assert cost_lines(_DEPLOYMENT, unknown, {**_TEXT, "monthly_code_interpreter_sessions": 100}) == {
        "unknown_until_apply": "model.version is known only after apply",
        "Code interpreter sessions": Decimal("3.30"),
    }
    of_one_price = {"model": [{**unknown["model"][0], "name": "gpt-4o-mini"}], "sku": [{"name": "Standard"}]}  # type: ignore[index]
    assert cost_lines(_DEPLOYMENT, of_one_price, _TEXT)["Text input (gpt-4o-mini)"] == Decimal("1.65")


def test_models_without_a_cache_price_bill_what_is_cached_in_full(cost_lines: CostLines) -> None:
    lines = cost_lines(_DEPLOYMENT, _declared("gpt-4o", version="2024-05-13"), _TEXT)
    assert lines["Cached text input (gpt-4o)"] == Decimal("20.00")


def test_long_names_of_short_requests(cost_lines: CostLines) -> None:
    lines = cost_lines(_DEPLOYMENT, _declared("gpt-5.5"), _TEXT)
    assert lines["Text input (gpt-5.5)"] == Decimal("50.00")


def test_audio_and_text_are_told_apart(cost_lines: CostLines) -> None:
    usage = {**_TEXT, "monthly_audio_input_tokens": 1_000_000, "monthly_audio_output_tokens": 1_000_000}
    assert cost_lines(_DEPLOYMENT, _declared("gpt-4o-audio-preview", version="2024-12-17"), usage) == {
        "Text input (gpt-4o-audio-preview)": Decimal("25.00"),
        "Text output (gpt-4o-audio-preview)": Decimal("10.00"),
        "Audio input (gpt-4o-audio-preview)": Decimal("40.00"),
        "Audio output (gpt-4o-audio-preview)": Decimal("80.00"),
    }
    realtime = cost_lines(_DEPLOYMENT, _declared("gpt-4o-realtime-preview", version="2024-10-01"), usage)
    assert realtime["Audio input (gpt-4o-realtime-preview)"] == Decimal("100.00")
    assert realtime["Cached text input (gpt-4o-realtime-preview)"] == Decimal("10.00")


def test_what_is_no_token(cost_lines: CostLines) -> None:
    pictures = {"monthly_standard_1024_1024_images": 500, "monthly_hd_1024_1792_images": 100}
    assert cost_lines(_DEPLOYMENT, _declared("dall-e-2", "Standard"), pictures) == {
        "Standard 1024x1024 images (dall-e-2)": Decimal("10.00")
    }
    lines = cost_lines(_DEPLOYMENT, _declared("dall-e-3", "Standard"), pictures)
    assert lines["Standard 1024x1024 images (dall-e-3)"] == Decimal("22.00")
    assert lines["HD 1024x1792 images (dall-e-3)"] == Decimal("13.20")
    assert lines["HD 1024x1024 images (dall-e-3)"] == "usage"
    speech = _declared("tts", "Standard")
    spoken = {"monthly_text_to_speech_characters": 2_000_000}
    assert cost_lines(_DEPLOYMENT, speech, spoken, region="swedencentral") == {"Text to speech (tts)": Decimal("30.00")}
    heard = cost_lines(_DEPLOYMENT, _declared("whisper"), {"monthly_text_to_speech_hours": 10})
    assert heard == {"Speech to text (whisper)": Decimal("3.60")}
    assert cost_lines(_DEPLOYMENT, _declared("sora-2"), {"monthly_video_seconds": 100}) == {
        "Video (sora-2)": Decimal("10.00")
    }


def test_tools_of_assistants(cost_lines: CostLines) -> None:
    usage = {
        "monthly_code_interpreter_sessions": 100,
        "monthly_file_search_tool_calls": 5_000,
        "monthly_file_search_storage_gb": 2,
    }
    lines = cost_lines(_DEPLOYMENT, _declared("gpt-4.1"), usage)
    assert lines["Code interpreter sessions"] == Decimal("3.00")
    assert lines["File search tool calls"] == Decimal("12.50")
    assert lines["File search storage"] == Decimal("6.08")
    assert "Code interpreter sessions" not in cost_lines(_DEPLOYMENT, _declared("text-embedding-3-large"))


def test_fine_tuned_models_are_trained_and_hosted(cost_lines: CostLines) -> None:
    usage = {"monthly_fine_tuning_training_tokens": 1_000_000, "monthly_fine_tuning_hosting_hours": 10}
    lines = cost_lines(_DEPLOYMENT, _declared("gpt-4.1"), usage)
    assert lines["Fine-tuning training (gpt-4.1)"] == Decimal("25.00")
    assert lines["Fine-tuning hosting (gpt-4.1)"] == Decimal("17.00")
    by_hours = cost_lines(_DEPLOYMENT, _declared("gpt-4.1"), {"monthly_fine_tuning_training_hours": 1})
    assert by_hours["price_not_found"] == (
        "training of gpt-4.1 is billed by tokens: tell monthly_fine_tuning_training_tokens, not hours"
    )
    old = cost_lines(
        _DEPLOYMENT,
        _declared("gpt-35-turbo", "Standard", version="0613"),
        {"monthly_fine_tuning_training_hours": 2},
        region="eastus2",
    )
    assert old["Fine-tuning training hours (gpt-35-turbo)"] == Decimal("99.00")


def test_a_model_that_the_price_list_does_not_name(cost_lines: CostLines) -> None:
    lines = cost_lines(_DEPLOYMENT, _declared("gpt-99", "Standard"), _TEXT)
    assert str(lines["Text input (gpt-99)"]).startswith(
        "price_not_found: Text input (gpt-99): no price for azure/openai"
    )
    lines = cost_lines(_DEPLOYMENT, _declared("phi-4", made_by="Microsoft"), _TEXT)
    assert lines["Text input (phi-4)"] == Decimal("1.25")  # as the library of LLM prices has it


def test_the_older_block_and_unknown_types(cost_lines: CostLines) -> None:
    older = {"model": [{"format": "OpenAI", "name": "gpt-4o"}], "scale": [{"type": "Standard"}]}
    assert cost_lines(_DEPLOYMENT, older, _TEXT)["Text input (gpt-4o)"] == Decimal("27.50")
    assert list(cost_lines(_DEPLOYMENT, _declared("gpt-4o", "Moon"), _TEXT)) == ["price_not_found"]
