"""Calls over HTTP without a provider's library: fetch, axios, got, ky and undici to addresses of providers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tollbar.inputs.llm_code.http_endpoints import PROVIDERS_BY_HOST, Endpoint, endpoint_of
from tollbar.inputs.llm_code.javascript.arguments import Arguments
from tollbar.inputs.llm_code.javascript.evaluation import arguments_of
from tollbar.inputs.llm_code.javascript.texts import text_of
from tollbar.inputs.llm_code.javascript.values import UNKNOWN

if TYPE_CHECKING:
    from tollbar.inputs.llm_code.javascript.evaluation import Evaluation
    from tollbar.inputs.llm_code.javascript.values import Code, External

_FUNCTIONS = re.compile(
    r"(globalThis\.|window\.)?fetch"
    r"|(default|axios|got|ky|create\(\)|instance\(\)|default\.create\(\)|axios\.create\(\)|default\.extend\(\))?"
    r"(\.?(post|request|stream|default))?"
)
_PACKAGES = frozenset({"", "axios", "got", "ky", "node-fetch", "undici", "cross-fetch", "ofetch", "superagent"})
_ADDRESS = ("url", "uri")
_BASE = ("baseURL", "prefixUrl", "baseUrl")
ENDS = frozenset({"fetch", "post", "request", "axios", "got", "ky", "ofetch", "$fetch"})
_ADDRESSES = re.compile(
    "|".join(re.escape(host) for host in PROVIDERS_BY_HOST)
    + r"|bedrock-runtime|/chat/completions|/v1/messages|/v1/responses|/v1/embeddings"
)
_HTTP = ("://", "/v1/", "/chat/completions")


def may_request_models(text: str) -> bool:
    """Whether a file's text holds an address at which a model is called."""
    return any(part in text for part in _HTTP) and _ADDRESSES.search(text) is not None


class Request(NamedTuple):
    """A request to a model: where to, and what is sent."""

    endpoint: Endpoint
    arguments: Arguments
    provider: str | None


def request_of(evaluation: Evaluation, function: External, call: Code) -> Request | None:
    """Return the request that a call of a function makes, None where it calls no model."""
    if function.package not in _PACKAGES or not _FUNCTIONS.fullmatch(function.path):
        return None
    given = [call.at(node) for node in arguments_of(call.node)]
    if not given:
        return None
    arguments = Arguments(evaluation, given)
    address = text_of(evaluation, given[0]) or arguments.text(_ADDRESS)
    if address is None:
        return None
    if "://" not in address and function.calls:
        base = Arguments.of(evaluation, function.calls).text(_BASE) or ""
        address = f"{base.rstrip('/')}/{address.lstrip('/')}" if base else address
    endpoint = endpoint_of(address)
    if endpoint is None:
        return None
    host = address.replace(UNKNOWN, "…").partition("://")[2].partition("/")[0]
    provider = endpoint.provider or (f"the server at {host}" if host else None)
    return Request(endpoint, Arguments(evaluation, given[1:] or given), provider)
