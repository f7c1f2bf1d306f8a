"""Names of Bedrock's models: from their ids to the names that AWS's price list has for them.

Source: "Supported foundation models in Amazon Bedrock", Amazon Bedrock user guide; AWS price list.
"""

from __future__ import annotations

import re

_GEOGRAPHY = re.compile(r"^(?:us|us-gov|eu|apac|jp|au|ca|sa)\.(?=[a-z0-9]+\.)")
"""Inference across the regions of a geography costs what the calling region asks; ``global.`` has prices of its own."""
_CONTEXT = re.compile(r"(?::\d+[km]?)+$")
_DATE = re.compile(r"-20\d{6}")
_FIRST_VERSION = re.compile(r"-v[01]$")
_GPT_OSS = re.compile(r"(gpt-oss-\d+b)-\d+$")
_LLAMA = re.compile(r"llama(\d)((?:-\d)?)-(\d+b)-(instruct|chat)")
_LLAMA_4 = re.compile(r"llama4-([a-z]+-\d+b)-instruct")
_YEAR_AND_MONTH = re.compile(r"-(\d\d)(\d\d)$")
_SAID_OTHERWISE = {
    "amazon.titan-embed-text": "amazon.titan-text-embeddings",
    "amazon.titan-embed-text-v2": "amazon.titan-text-embeddings-v2",
    "amazon.titan-embed-g1-text-02": "amazon.titan-text-embeddings",
    "amazon.titan-image-generator-v2": "amazon.titan-image-generator",
    "anthropic.claude-haiku-4-5": "anthropic.claude-4-5-haiku",
    "cohere.command-text-v14": "cohere.command",
    "cohere.command-light-text-v14": "cohere.command-light",
}


def priced_model(model: str) -> str:
    """Return a model's name in price paths: ``anthropic.claude-3-5-sonnet-v2`` of its id, profile or ARN."""
    name = _GEOGRAPHY.sub("", model.rpartition("/")[2].lower())
    name = _FIRST_VERSION.sub("", _DATE.sub("", _CONTEXT.sub("", name)))
    name = _GPT_OSS.sub(r"\1", name)
    name = _LLAMA_4.sub(r"llama-4-\1", name)
    name = _LLAMA.sub(r"llama-\1\2-\4-\3", name)
    name = _YEAR_AND_MONTH.sub(r"-\1-\2", name) if name.startswith("mistral.") else name
    return _SAID_OTHERWISE.get(name, name)
