"""Call sites as resources of the type ``llm_api_call``: an address that lasts, attributes, and how often they are made.

A loop without a written bound is taken to run 10 times, 1 at least and 100 at most (``UNBOUNDED``): assumptions, which
the report names with the loop. One with a bound that need not be reached is taken to run half as often.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar.inputs.llm_code.model_names import UNKNOWN_SERVER, priced_as
from tollbar.inputs.workload_kinds import Range
from tollbar.resource import Attributes, Resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tollbar.inputs.llm_code.call_site import CallSite, Multiplicity
    from tollbar.inputs.llm_code.settings import CodeConfig

TYPE = "llm_api_call"
PROMPT = "llm_prompt"
"""A prompt in a file that names no model: nothing is billed for it but the call that sends it."""
UNKNOWN_MODEL = "unknown model"
"""Stands for the model of a call that the source does not tell: a list of allowed models does not hold it."""
UNBOUNDED = (10, 100)
"""How often a loop is taken to run whose bound is not written: expected and at most; once at least."""
_FREE = {"moderation"}
_NOT_BY_TOKENS = {
    "image": "images are billed by their size and number, which the source does not tell",
    "audio": "audio is billed by its length, which the source does not tell",
    "rerank": "reranking is billed by search, not by token",
}


def resources_of(
    sites: Iterable[CallSite], config: CodeConfig, earlier: Sequence[Resource] = ()
) -> tuple[Resource, ...]:
    """Return a resource for each call; what is free is left out.

    With ``earlier``, the resources of another state of the same project, the calls of one function that are alike
    keep the addresses they have there, so that one put before another does not look like a change of both.
    """
    by_symbol: dict[str, list[CallSite]] = defaultdict(list)
    for site in sites:
        if site.operation not in _FREE:
            by_symbol[site.symbol].append(site)
    known: dict[str, list[Resource]] = defaultdict(list)
    for resource in earlier:
        known[resource.name].append(resource)
    return tuple(
        _resource(site, address, config)
        for symbol, group in by_symbol.items()
        for site, address in zip(group, _addresses(symbol, group, known[symbol]), strict=True)
    )


def times_of(multiplicity: Multiplicity) -> tuple[int, int, int]:
    """Return how often a call is made each time its function runs: low, expected, high."""
    low = multiplicity.low
    if multiplicity.high is None:
        expected, high = UNBOUNDED
        return low, low * expected, low * high
    return low, -(-(low + multiplicity.high) // 2), multiplicity.high


def _addresses(symbol: str, group: Sequence[CallSite], known: Sequence[Resource]) -> list[str]:
    """Return an address for each call of one function: that of the earlier call it is most alike, else a new one."""
    pairs = sorted(
        ((_likeness(site, n, resource, m), -n, -m) for n, site in enumerate(group) for m, resource in enumerate(known)),
        reverse=True,
    )
    found: dict[int, str] = {}
    taken: set[str] = set()
    for likeness, site_number, known_number in pairs:
        address = known[-known_number].address
        if likeness and -site_number not in found and address not in taken:
            found[-site_number] = address
            taken.add(address)
    taken |= {resource.address for resource in known}
    fresh = (address for number in range(1, 10**6) if (address := _numbered(symbol, number)) not in taken)
    return [found[number] if number in found else next(fresh) for number in range(len(group))]


def _numbered(symbol: str, number: int) -> str:
    return f"code.{symbol}" if number == 1 else f"code.{symbol}[{number}]"


def _likeness(site: CallSite, number: int, resource: Resource, known_number: int) -> int:
    """Return how alike two calls of one function are; 0 where they are of different libraries or kinds."""
    told = resource.attributes
    if (told.get("client"), told.get("operation")) != (site.client, site.operation):
        return 0
    likeness: int = (
        1
        + 3 * (told.get("model") == (site.model or UNKNOWN_MODEL))
        + 2 * (told.get("max_output_tokens") == site.max_output_tokens)
        + 2 * (told.get("prompt_tokens") == site.prompt_tokens)
        + (told.get("max_retries") == site.max_retries)
        + 2 * (number == known_number)
    )
    return likeness


def _resource(site: CallSite, address: str, config: CodeConfig) -> Resource:
    calls = config.calls_of(site.symbol)
    usage = {} if calls is None else {"monthly_calls": calls._asdict() if isinstance(calls, Range) else calls}
    attributes = {name: value for name, value in _attributes(site).items() if value is not None}
    is_only_prompt = site.operation == "prompt" and site.model is None and site.provider is None
    return Resource(
        address=address,
        type=PROMPT if is_only_prompt else TYPE,
        name=site.symbol,
        cloud="llm",
        region=None,
        attributes=Attributes(attributes),
        location=site.location,
        usage=usage,
        missing=None if is_only_prompt else _why_unpriced(site),
    )


def _attributes(site: CallSite) -> Mapping[str, Any]:
    low, expected, high = times_of(site.multiplicity)
    share = Decimal(1) / site.alternatives
    is_one_of_several = site.alternatives > 1
    return {
        "client": site.client,
        "operation": site.operation,
        "model": site.model or UNKNOWN_MODEL,
        "model_origin": site.model_origin,
        "provider": priced_as(site.provider),
        "batch": site.is_batch,
        "task_type": site.task_type,
        "max_output_tokens": site.max_output_tokens,
        "max_retries": site.max_retries,
        "fallbacks": list(site.fallbacks) or None,
        "prompt_tokens": site.prompt_tokens,
        "prompt_is_whole": site.is_prompt_whole and site.prompt_tokens is not None,
        "unbounded_history": site.has_unbounded_history or None,
        "times": {"low": 0 if is_one_of_several else low, "expected": expected * share, "high": high},
        "times_reasons": list(site.multiplicity.reasons) or None,
        "unbounded_loop": True if site.multiplicity.high is None else None,
    }


def _why_unpriced(site: CallSite) -> str | None:
    """Return why a call has no price, None where it may have one."""
    if site.model is None:
        return f"the model is not known: {site.unknown_model or 'the source does not tell it'}"
    if site.provider is not None and site.provider.startswith(UNKNOWN_SERVER):
        return f"the prices of {site.provider} are not known"
    return _NOT_BY_TOKENS.get(site.operation)
