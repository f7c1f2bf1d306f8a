"""Names of models in the price list."""

from __future__ import annotations

import pytest

from tollbar.resources.azure.openai_models import find_model, is_for_chats, version_matters


@pytest.mark.parametrize(
    ("made_by", "name", "version", "path"),
    [
        ("OpenAI", "gpt-35-turbo", "0301", "azure/openai/gpt-3.5-turbo-4k"),
        ("OpenAI", "gpt-35-turbo", "0125", "azure/openai/gpt-3.5-turbo"),
        ("OpenAI", "gpt-4", "turbo-2024-04-09", "azure/openai/gpt-4-turbo"),
        ("OpenAI", "gpt-4", "0613", "azure/openai/gpt-4"),
        ("OpenAI", "GPT-5.2-chat", "2026-02-10", "azure/openai/gpt-5.2-chat-0210"),
        ("OpenAI", "GPT-5.2-chat", "2025-12-11", "azure/openai/gpt-5.2-chat"),
        ("xAI", "grok-3", "1", "azure/foundry/grok/grok-3"),
        ("Meta", "Llama-3.3-70B-Instruct", "5", "azure/foundry/llama/llama-3.3-70b"),
        ("Meta", "Llama-4-Maverick-17B-128E-Instruct-FP8", "1", "azure/foundry/llama/llama-4-maverick-17b"),
        ("Mistral AI", "Mistral-Large-3", "1", "azure/foundry/mistral/large-3"),
        ("Mistral AI", "Codestral-2501", "1", "azure/foundry/mistral/codestral"),
    ],
)
def test_a_model_is_found_by_maker_name_and_version(made_by: str, name: str, version: str, path: str) -> None:
    assert find_model(made_by, name, version).path == path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("gpt-4.1", "chat"),
        ("gpt-audio", "audio_chat"),
        ("gpt-realtime-mini", "realtime"),
        ("gpt-4o-transcribe", "transcribe"),
        ("gpt-4o-mini-tts", "speech_tokens"),
        ("gpt-image-1", "image"),
        ("text-embedding-ada-002", "embedding"),
        ("whisper", "other"),
    ],
)
def test_what_is_counted(name: str, kind: str) -> None:
    assert find_model("OpenAI", name, "").kind == kind


def test_whether_the_version_matters() -> None:
    assert [version_matters("OpenAI", name) for name in ("gpt-4o", "gpt-4.5-preview", "o1")] == [True, False, False]
    assert not version_matters("xAI", "gpt-4o")


def test_which_models_assistants_use() -> None:
    names = ("gpt-4o", "o3-mini", "gpt-image-1", "text-embedding-3-large", "grok-3")
    assert [is_for_chats(name) for name in names] == [True, True, False, False, False]
