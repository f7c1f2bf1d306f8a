"""Azure AI services accounts: Speech, Language, Language Understanding (LUIS), Translator.

Sources: "Azure AI Speech pricing", "Azure AI Language pricing", "Language Understanding pricing", "Translator pricing".
What is bought ahead (commitment tiers, for the web service and for connected containers) is a month's price of the
tier, and a lower price for what goes beyond it; the tier is the one whose size the use names. The tier F0 is free;
accounts of other kinds cost nothing by themselves: the models deployed in them are billed as deployments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


class _Line(NamedTuple):
    """Something billed by use: its name, usage key, path below ``azure/ai_services`` and unit.

    ``committed`` is the middle of the usage keys of commitment tiers of it (``speech_to_text_standard``), ``ending``
    how they end; empty where there are none.
    """

    name: str
    usage_key: str
    path: str
    unit: str
    committed: str = ""
    ending: str = ""


_HRS, _CHARS, _RECORDS = "hours", "characters", "requests"
_SPEECH = (
    _Line(
        "Speech to text", "monthly_speech_to_text_standard_hrs", "speech/s1/speech_to_text", _HRS,
        "speech_to_text_standard", "hrs",
    ),
    _Line("Speech to text batch", "monthly_speech_to_text_standard_batch_hrs", "speech/s1/speech_to_text_batch", _HRS),
    _Line(
        "Speech to text custom model", "monthly_speech_to_text_custom_hrs", "speech/s1/custom_speech_to_text", _HRS,
        "speech_to_text_custom", "hrs",
    ),
    _Line(
        "Speech to text custom model batch",
        "monthly_speech_to_text_custom_batch_hrs",
        "speech/s1/custom_speech_to_text_batch",
        _HRS,
    ),
    _Line(
        "Speech to text custom endpoint hosting",
        "monthly_speech_to_text_custom_endpoint_hrs",
        "speech/s1/custom_speech_endpoint_hosting",
        _HRS,
    ),
    _Line(
        "Speech to text custom training",
        "monthly_speech_to_text_custom_training_hrs",
        "speech/s1/custom_speech_training",
        _HRS,
    ),
    _Line(
        "Speech to text enhanced add-ons",
        "monthly_speech_to_text_enhanced_add_ons_hrs",
        "speech/s1/speech_to_text_enhanced_add_on",
        _HRS,
        "speech_to_text_enhanced_add_ons",
        "hrs",
    ),
    _Line(
        "Conversation transcription, multi-channel audio",
        "monthly_speech_to_text_conversation_transcription_multi_channel_audio_hrs",
        "speech/s1/conversation_transcription_multichannel",
        _HRS,
    ),
    _Line(
        "Text to speech neural", "monthly_text_to_speech_neural_chars", "speech/s1/neural_text_to_speech", _CHARS,
        "text_to_speech_neural", "chars",
    ),
    _Line(
        "Text to speech custom neural training",
        "monthly_text_to_speech_custom_neural_training_hrs",
        "speech/s1/custom_neural_training",
        _HRS,
    ),
    _Line(
        "Text to speech custom neural", "monthly_text_to_speech_custom_neural_chars", "speech/s1/custom_neural", _CHARS
    ),
    _Line(
        "Text to speech custom neural endpoint hosting",
        "monthly_text_to_speech_custom_neural_endpoint_hrs",
        "speech/s1/custom_neural_endpoint_hosting",
        _HRS,
    ),
    _Line(
        "Text to speech long audio", "monthly_text_to_speech_long_audio_chars", "speech/s1/neural_long_audio", _CHARS
    ),
    _Line(
        "Personal voice profiles", "monthly_text_to_speech_personal_voice_profiles",
        "speech/s1/personal_voice_profiles", "units",
    ),
    _Line("Personal voice", "monthly_text_to_speech_personal_voice_chars", "speech/s1/personal_voice", _CHARS),
    _Line("Speech translation", "monthly_speech_translation_hrs", "speech/s1/speech_translation", _HRS),
    _Line(
        "Speaker verification", "monthly_speaker_verification_transactions", "speech/s1/speaker_verification", _RECORDS
    ),
    _Line(
        "Speaker identification",
        "monthly_speaker_identification_transactions",
        "speech/s1/speaker_identification",
        _RECORDS,
    ),
    _Line("Voice profiles", "monthly_voice_profiles", "speech/s1/voice_profiles", "units"),
)  # fmt: skip
_LANGUAGE_KEY = "monthly_language"
_LANGUAGE = (
    _Line(
        "Text analytics", f"{_LANGUAGE_KEY}_text_analytics_records", "language/text_records", _RECORDS,
        "language_text_analytics", "records",
    ),
    _Line(
        "Summarization", f"{_LANGUAGE_KEY}_summarization_records", "language/summarization", _RECORDS,
        "language_summarization", "records",
    ),
    _Line(
        "Conversational language understanding",
        f"{_LANGUAGE_KEY}_conversational_language_understanding_records",
        "language/conversational_language_understanding",
        _RECORDS,
    ),
    _Line(
        "Conversational language understanding advanced training",
        f"{_LANGUAGE_KEY}_conversational_language_understanding_advanced_training_hours",
        "language/advanced_training",
        _HRS,
    ),
    _Line(
        "Customized text classification",
        f"{_LANGUAGE_KEY}_customized_text_classification_records",
        "language/custom_text_classification",
        _RECORDS,
    ),
    _Line(
        "Customized summarization",
        f"{_LANGUAGE_KEY}_customized_summarization_records",
        "language/custom_summarization",
        _RECORDS,
    ),
    _Line(
        "Customized question answering",
        f"{_LANGUAGE_KEY}_customized_question_answering_records",
        "language/custom_question_answering",
        _RECORDS,
    ),
    _Line("Customized training", f"{_LANGUAGE_KEY}_customized_training_hours", "language/custom_training", _HRS),
    _Line(
        "Text analytics for health",
        f"{_LANGUAGE_KEY}_text_analytics_for_health_records",
        "language/text_analytics_for_health",
        _RECORDS,
    ),
)  # fmt: skip
_LUIS = (
    _Line(
        "Text requests", "monthly_luis_text_requests", "luis/text_requests", _RECORDS, "luis_text", "requests"
    ),
    _Line("Speech requests", "monthly_luis_speech_requests", "luis/speech_requests", _RECORDS),
)  # fmt: skip
_TRANSLATOR = (_Line("Text translation", "monthly_text_translation_chars", "translator/text/standard", _CHARS),)
_KINDS = {
    "speechservices": _SPEECH,
    "textanalytics": _LANGUAGE,
    "luis": _LUIS,
    "texttranslation": _TRANSLATOR,
}
_FREE_KINDS = frozenset({"openai", "aiservices"})
_PROGRAMMES = (("commitment", "commitment"), ("connected_container", "connected_container_commitment"))
"""Part of the path, and of the usage keys, of the two ways to buy ahead."""


def account(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield what the account's services are used for, by its kind, and the commitments to it with what goes beyond."""
    attributes = resource.attributes
    if (attributes.text("sku_name") or "").upper() == "F0":
        return
    kind = attributes.text("kind") or ""
    lines = _KINDS.get(kind.lower())
    if lines is None:
        if kind.lower() not in _FREE_KINDS:
            yield Unpriced("price_not_found", f"accounts of the kind {kind} are not priced")
        return
    for line in lines:
        committed = list(_committed(line, usage, resource.region)) if line.committed else []
        yield from committed
        if not committed or usage.is_told(line.usage_key):
            key = PriceKey(f"azure/ai_services/{line.path}", resource.region)
            yield Component(line.name, usage.quantity(line.usage_key), line.unit, key)


def _committed(line: _Line, usage: Usage, region: str | None) -> Iterator[Component]:
    """Yield the month of the tiers bought of one thing, and what goes beyond them, where the use tells of any."""
    service, _, what = line.path.partition("/")
    what = what.removeprefix("s1/")
    for programme, infix in _PROGRAMMES:
        size_key, overage_key = _commitment_keys(line, infix)
        if size_key not in _KEY_NAMES or not usage.is_told(size_key):
            continue
        size = usage.number(size_key)
        path = f"azure/ai_services/{service}/{programme}/{what}/{0 if size is None else size:f}"
        wording = programme.replace("_", " ").replace("container", "container commitment")
        yield Component(f"{line.name} ({wording})", Quantity.fixed(1), "months", PriceKey(path, region))
        beyond = usage.quantity(overage_key)
        yield Component(f"{line.name} ({wording} overage)", beyond, line.unit, PriceKey(f"{path}/overage", region))


def _commitment_keys(line: _Line, infix: str) -> tuple[str, str]:
    """Return the usage keys of a tier's size and of what goes beyond it."""
    size = f"monthly_{infix}_{line.committed}"
    if line.committed == "text_to_speech_neural":
        return f"{size}_commitment_{line.ending}", f"{size}_overage_{line.ending}"
    return f"{size}_{line.ending}", f"{size}_overage_{line.ending}"


def _usage_keys() -> Iterator[UsageKey]:
    for lines in _KINDS.values():
        for line in lines:
            yield UsageKey(line.usage_key, f"{line.name}: {line.unit} a month")
            for programme, infix in _PROGRAMMES if line.committed else ():
                if line in _LUIS and infix != "commitment":
                    continue  # LUIS sells none for containers
                size, overage = _commitment_keys(line, infix)
                bought = programme.replace("_", " ")
                yield UsageKey(size, f"{line.name}: the size of the tier bought ({bought})")
                yield UsageKey(overage, f"{line.name}: {line.unit} a month beyond the tier bought ({bought})")


_USAGE_KEYS = tuple(_usage_keys())
_KEY_NAMES = frozenset(key.name for key in _USAGE_KEYS)

TYPES = (ResourceType("azurerm_cognitive_account", "llm", account, usage_keys=_USAGE_KEYS),)
