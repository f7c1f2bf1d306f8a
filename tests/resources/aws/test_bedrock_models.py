"""Names of Bedrock's models."""

from __future__ import annotations

import pytest

from tollbar.resources.aws.bedrock_models import priced_model


@pytest.mark.parametrize(
    ("model", "priced"),
    [
        ("anthropic.claude-3-haiku-20240307-v1:0", "anthropic.claude-3-haiku"),
        ("anthropic.claude-3-5-sonnet-20241022-v2:0", "anthropic.claude-3-5-sonnet-v2"),
        ("us.anthropic.claude-opus-4-1-20250805-v1:0", "anthropic.claude-opus-4-1"),
        ("anthropic.claude-haiku-4-5-20251001-v1:0", "anthropic.claude-4-5-haiku"),
        ("global.anthropic.claude-haiku-4-5-20251001-v1:0", "global.anthropic.claude-haiku-4-5"),
        ("anthropic.claude-v2:1:18k", "anthropic.claude-v2"),
        ("arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0", "amazon.nova-pro"),
        ("amazon.titan-embed-text-v2:0", "amazon.titan-text-embeddings-v2"),
        ("amazon.titan-embed-text-v1", "amazon.titan-text-embeddings"),
        ("meta.llama3-1-70b-instruct-v1:0", "meta.llama-3-1-instruct-70b"),
        ("meta.llama3-8b-instruct-v1:0", "meta.llama-3-instruct-8b"),
        ("us.meta.llama4-scout-17b-instruct-v1:0", "meta.llama-4-scout-17b"),
        ("mistral.mistral-large-2402-v1:0", "mistral.mistral-large-24-02"),
        ("mistral.mistral-7b-instruct-v0:2", "mistral.mistral-7b-instruct"),
        ("cohere.embed-english-v3", "cohere.embed-english-v3"),
        ("cohere.command-r-plus-v1:0", "cohere.command-r-plus"),
        ("openai.gpt-oss-120b-1:0", "openai.gpt-oss-120b"),
        ("us.deepseek.r1-v1:0", "deepseek.r1"),
        ("ai21.jamba-1-5-mini-v1:0", "ai21.jamba-1-5-mini"),
    ],
)
def test_an_id_leads_to_the_price_list_s_name(model: str, priced: str) -> None:
    assert priced_model(model) == priced
