"""Paths of the meters of language models: one thing is written in many ways."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tollbar.catalog.azure_meters import Meter, meter_names
from tollbar.catalog.azure_model_meters import model_paths


@pytest.mark.parametrize(
    ("product", "meter", "path"),
    [
        ("azure_openai", "gpt-4o-0806-Inp-glbl Tokens", "openai/gpt-4o-0806/global/input_tokens"),
        ("azure_openai", "gpt 4o 0806 Batch Inp Data Zone Tokens", "openai/gpt-4o-0806/data_zone/batch_input_tokens"),
        (
            "azure_openai",
            "gpt-4.1-mini-ft hosting regional Unit",
            "openai/gpt-4.1-mini/regional/fine_tuned_hosting_unit",
        ),
        (
            "azure_openai",
            "gpt-35-turbo16K-FT-Trng-regnl tkn Tokens",
            "openai/gpt-3.5-turbo-16k/regional/fine_tuned_training_tokens",
        ),
        (
            "azure_openai",
            "gpt-4o-rt-aud-0603 cchd Inp DZn Tokens",
            "openai/gpt-4o-realtime-0603/data_zone/audio_cached_input_tokens",
        ),
        (
            "azure_openai",
            "gpt-4o-aud-0603-txt Outp regnl Tokens",
            "openai/gpt-4o-audio-0603/regional/text_output_tokens",
        ),
        (
            "azure_openai",
            "gpt4omini-realtimeprvwaudinp-glbl Tokens",
            "openai/gpt-4o-mini-realtime-preview/global/audio_input_tokens",
        ),
        ("azure_openai", "text-embedding-3-large-glbl Tokens", "openai/text-embedding-3-large/global/tokens"),
        ("azure_openai", "Provisioned Managed Global Unit", "openai/provisioned_throughput_ptu/managed/global/unit"),
        (
            "azure_openai_pp_ft_gpt4s",
            "4.1 mini pp cd Inp Dz Tokens",
            "openai/gpt-4.1-mini/data_zone/priority_cached_input_tokens",
        ),
        (
            "azure_openai_gpt5",
            "5.6 luna LongCo Cd Wr PP DZ 1M Tokens",
            "openai/gpt-5.6-luna/data_zone/priority_long_context_cached_write_input_tokens",
        ),
        ("azure_openai_gpt5", "GPT 5 Mini Inpt Glbl 1M Tokens", "openai/gpt-5-mini/global/input_tokens"),
        (
            "azure_openai_media",
            "Image 2 img Batch inp Gl 1M Tokens",
            "openai/gpt-image-2/global/batch_image_input_tokens",
        ),
        ("azure_openai_oss_models", "OSS 20b Inp FT DZ Tokens", "openai/gpt-oss-20b/data_zone/fine_tuned_input_tokens"),
        ("azure_deepseek_models", "V3.1 Outp DZone Tokens", "foundry/deepseek/deepseek-v3.1/data_zone/output_tokens"),
        ("azure_grok_models", "Grok4 Fast Outp DZone Tokens", "foundry/grok/grok-4-fast/data_zone/output_tokens"),
        ("azure_kimi", "K2.5 cached glbl Tokens", "foundry/kimi/kimi-k2.5/global/cached_input_tokens"),
        ("azure_mistral_models", "OCR regnl Pages", "foundry/mistral/ocr/regional/pages"),
    ],
)
def test_the_words_of_a_meter_become_model_deployment_and_what_is_counted(product: str, meter: str, path: str) -> None:
    assert model_paths(product, meter) == (f"azure/{path}",)


def test_the_version_that_people_mean_who_name_none_has_a_path_without_one() -> None:
    assert model_paths("azure_openai", "gpt 4o 1120 Inp glbl Tokens") == (
        "azure/openai/gpt-4o-1120/global/input_tokens",
        "azure/openai/gpt-4o/global/input_tokens",
    )


def test_other_products_are_no_models() -> None:
    assert model_paths("azure_firewall", "Standard Deployment") == ()


def test_a_models_meter_is_named_through_the_same_door_as_any_other() -> None:
    meter = Meter("Foundry Models", "Azure OpenAI", "o3 0416 Inp glbl", "o3 0416 Inp glbl Tokens", "1K")
    assert [(name.path, name.unit, name.per) for name in meter_names(meter)] == [
        ("azure/openai/o3-0416/global/input_tokens", "tokens", Fraction(1000)),
        ("azure/openai/o3/global/input_tokens", "tokens", Fraction(1000)),
    ]
