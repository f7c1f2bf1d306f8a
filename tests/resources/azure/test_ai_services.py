"""Azure AI services accounts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

_ACCOUNT = "azurerm_cognitive_account"
_SPEECH = {"kind": "SpeechServices", "sku_name": "S0"}
_LANGUAGE = {"kind": "TextAnalytics", "sku_name": "S0"}
_LUIS = {"kind": "LUIS", "sku_name": "S0"}
_SPEECH_USE = {
    "monthly_speech_to_text_standard_hrs": 20,
    "monthly_speech_to_text_standard_batch_hrs": 50,
    "monthly_speech_to_text_custom_hrs": 10,
    "monthly_speech_to_text_custom_batch_hrs": 40,
    "monthly_speech_to_text_custom_endpoint_hrs": 372,
    "monthly_speech_to_text_custom_training_hrs": 2,
    "monthly_speech_to_text_enhanced_add_ons_hrs": 60,
    "monthly_speech_to_text_conversation_transcription_multi_channel_audio_hrs": 10,
    "monthly_text_to_speech_neural_chars": 1_000_000,
    "monthly_text_to_speech_custom_neural_training_hrs": 1,
    "monthly_text_to_speech_custom_neural_chars": 1_000_000,
    "monthly_text_to_speech_custom_neural_endpoint_hrs": 5,
    "monthly_text_to_speech_long_audio_chars": 200_000,
    "monthly_text_to_speech_personal_voice_chars": 1_000_000,
    "monthly_speech_translation_hrs": 8,
    "monthly_speaker_verification_transactions": 4_000,
    "monthly_speaker_identification_transactions": 2_000,
    "monthly_voice_profiles": 100_000,
}
_LANGUAGE_USE = {
    "monthly_language_text_analytics_records": 15_000_000,
    "monthly_language_summarization_records": 10_000,
    "monthly_language_conversational_language_understanding_records": 10_000,
    "monthly_language_conversational_language_understanding_advanced_training_hours": 10,
    "monthly_language_customized_text_classification_records": 4_000,
    "monthly_language_customized_summarization_records": 5_000,
    "monthly_language_customized_question_answering_records": 10_000,
    "monthly_language_customized_training_hours": 10,
    "monthly_language_text_analytics_for_health_records": 6_000,
}
_LUIS_USE = {"monthly_luis_text_requests": 10_000, "monthly_luis_speech_requests": 10_000}
EXAMPLES = (
    Example(_ACCOUNT, _LANGUAGE, _LANGUAGE_USE),
    Example(_ACCOUNT, _LUIS, _LUIS_USE),
    Example(_ACCOUNT, {"kind": "TextTranslation", "sku_name": "S1"}, {"monthly_text_translation_chars": 1_000_000}),
)


def test_speech_is_billed_by_hours_characters_and_transactions(cost_lines: CostLines) -> None:
    lines = cost_lines(_ACCOUNT, _SPEECH, _SPEECH_USE)
    assert str(lines.pop("Personal voice profiles")).startswith("price_not_found")
    assert lines == {
        "Speech to text": Decimal("20.00"),
        "Speech to text batch": Decimal("9.00"),
        "Speech to text custom model": Decimal("12.00"),
        "Speech to text custom model batch": Decimal("9.00"),
        "Speech to text custom endpoint hosting": Decimal("20.01"),
        "Speech to text custom training": Decimal("20.00"),
        "Speech to text enhanced add-ons": Decimal("18.00"),
        "Conversation transcription, multi-channel audio": Decimal("21.00"),
        "Text to speech neural": Decimal("15.00"),
        "Text to speech custom neural training": Decimal("52.00"),
        "Text to speech custom neural": Decimal("24.00"),
        "Text to speech custom neural endpoint hosting": Decimal("20.20"),
        "Text to speech long audio": Decimal("20.00"),
        "Personal voice": Decimal("24.00"),
        "Speech translation": Decimal("20.00"),
        "Speaker verification": Decimal("20.00"),
        "Speaker identification": Decimal("20.00"),
        "Voice profiles": Decimal("20.00"),
    }


def test_language_is_billed_by_text_records(cost_lines: CostLines) -> None:
    assert cost_lines(_ACCOUNT, _LANGUAGE, _LANGUAGE_USE, region="westeurope") == {
        "Text analytics": Decimal("5500.00"),
        "Summarization": Decimal("20.00"),
        "Conversational language understanding": Decimal("20.00"),
        "Conversational language understanding advanced training": Decimal("30.00"),
        "Customized text classification": Decimal("20.00"),
        "Customized summarization": Decimal("20.00"),
        "Customized question answering": Decimal("15.00"),
        "Customized training": Decimal("30.00"),
        "Text analytics for health": Decimal("25.00"),
    }


def test_a_commitment_is_a_month_of_its_tier_and_what_goes_beyond(cost_lines: CostLines) -> None:
    usage = {
        "monthly_commitment_luis_text_requests": 25_000_000,
        "monthly_commitment_luis_text_overage_requests": 1_000,
    }
    assert cost_lines(_ACCOUNT, _LUIS, usage) == {
        "Text requests (commitment)": Decimal("21750.00"),
        "Text requests (commitment overage)": Decimal("0.87"),
        "Speech requests": "usage",
    }


def test_commitments_for_containers_stand_beside_those_for_the_web(cost_lines: CostLines) -> None:
    usage = {
        "monthly_commitment_text_to_speech_neural_commitment_chars": 80_000_000,
        "monthly_commitment_text_to_speech_neural_overage_chars": 1_000_000,
        "monthly_connected_container_commitment_text_to_speech_neural_commitment_chars": 400_000_000,
        "monthly_connected_container_commitment_text_to_speech_neural_overage_chars": 1_000_000,
    }
    lines = cost_lines(_ACCOUNT, _SPEECH, usage)
    assert {name: cost for name, cost in lines.items() if name.startswith("Text to speech neural")} == {
        "Text to speech neural (commitment)": Decimal("960.00"),
        "Text to speech neural (commitment overage)": Decimal("12.00"),
        "Text to speech neural (connected container commitment)": Decimal("3705.00"),
        "Text to speech neural (connected container commitment overage)": Decimal("9.26"),
    }


def test_a_tier_that_is_not_sold_has_no_price(cost_lines: CostLines) -> None:
    lines = cost_lines(_ACCOUNT, _LUIS, {"monthly_commitment_luis_text_requests": 200})
    assert str(lines["Text requests (commitment)"]).startswith("price_not_found")


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"kind": "SpeechServices", "sku_name": "F0"}, []),
        ({"kind": "OpenAI", "sku_name": "S0"}, []),
        ({"kind": "AIServices", "sku_name": "S0"}, []),
        ({"kind": "Academic", "sku_name": "S0"}, ["price_not_found"]),
        ({"kind": "TextTranslation", "sku_name": "S1"}, ["Text translation"]),
    ],
)
def test_kinds_and_free_tiers(cost_lines: CostLines, attributes: dict[str, str], expected: list[str]) -> None:
    assert list(cost_lines(_ACCOUNT, attributes)) == expected
