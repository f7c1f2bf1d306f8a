"""A place in a project where a language model is called, or where it is settled which one is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tollbar.location import Location

ModelOrigin = Literal[
    "literal", "constant", "environment_default", "configuration", "prompt_file", "deployment_name", "unknown"
]
"""How the model was found: written in the call, a name followed within the project, the default of an environment
variable, a configuration file, a prompt's own header, an Azure deployment called like a model; or not at all."""
Operation = Literal["chat", "embeddings", "image", "audio", "rerank", "moderation", "prompt"]


@dataclass(frozen=True, slots=True)
class Multiplicity:
    """How often a call is made each time its function runs: ``high`` is None where no bound is written.

    ``reasons`` tell why, in words for a report: "in a loop over range(1000) at line 12".
    """

    low: int = 1
    high: int | None = 1
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CallSite:
    """One call. None where the source does not tell.

    ``symbol`` is the function around it with its class and module path, ``answer.Bot.reply``: with the file and the
    order in it, what makes it the same call in two revisions. ``client`` is the library called: openai, anthropic,
    google, bedrock, azure, litellm, langchain, llamaindex, http, … ``prompt_tokens`` are those that stand in the
    source, ``is_exact`` tells whether they were counted with the model's own vocabulary.
    """

    location: Location
    client: str
    operation: Operation
    symbol: str = ""
    provider: str | None = None
    model: str | None = None
    model_origin: ModelOrigin = "unknown"
    task_type: str | None = None
    max_output_tokens: int | None = None
    max_retries: int | None = None
    prompt_tokens: int | None = None
    is_exact: bool = False
    is_batch: bool = False
    has_unbounded_history: bool = False
    images: int | None = None
    fallbacks: tuple[str, ...] = ()
    multiplicity: Multiplicity = field(default_factory=Multiplicity)
    is_prompt_whole: bool = False
    """Whether ``prompt_tokens`` are all of the prompt: nothing is put into it when it runs."""
    alternatives: int = 1
    """How many sites stand for this one call, which is made with one of so many models."""
    unknown_model: str = ""
    """Why the model is not known, in words for a report: "it is read from the environment variable MODEL"."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file of which nothing could be read, and why: it may hold calls that were not found."""

    location: Location
    reason: str
