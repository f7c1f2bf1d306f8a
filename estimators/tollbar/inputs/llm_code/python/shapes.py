"""The calls of the libraries: by which path each is come by, whose models it calls, and what it repeats by itself.

Paths and defaults as in the libraries' sources and documentation of November 2026: the SDKs of OpenAI, Anthropic, Groq
and Together repeat twice; the OpenAI Agents SDK takes 10 turns (``max_turns``) and LangChain's AgentExecutor 15
(``max_iterations``) at most. Adding a library is adding its lines here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tollbar.inputs.llm_code.call_site import Operation


@dataclass(frozen=True, slots=True)
class Shape:
    """A call of a library.

    ``pattern`` matches the whole path without what only changes settings on the way (:func:`plain_path`).
    ``needs`` is what the first argument of the path's first call must be (``bedrock-runtime``). ``prompts`` are the
    arguments that hold the prompt, ``first`` those that come first by position. ``is_nested``: the model stands in
    what the call is given (a client, an agent). ``turns`` is how many calls one call makes at most, by an argument
    and by default; None: one.
    """

    client: str
    pattern: re.Pattern[str]
    operation: Operation = "chat"
    provider: str | None = None
    retries: int | None = None
    needs: str = ""
    is_nested: bool = False
    is_batch: bool = False
    is_http: bool = False
    is_deployment: bool = False
    turns: tuple[str, int] | None = None
    first: tuple[str, ...] = ()


_CHAT = r"\.(chat\.completions|responses|completions)\.(create|parse|stream|acreate)"
_RUNS = r"\.threads\.(runs\.(create|create_and_poll|stream|create_and_stream)|create_and_run(_poll|_stream)?)"
_OPENAI = r"openai(\.(Async)?(OpenAI|Client)\(\))?"
_AZURE = r"openai(\.lib\.azure)?\.(Async)?AzureOpenAI\(\)"
_COMPATIBLE = (
    (_CHAT, "chat"),
    (_RUNS, "chat"),
    (r"\.embeddings\.create", "embeddings"),
    (r"\.images\.(generate|edit|create_variation)", "image"),
    (r"\.audio\.(transcriptions|translations|speech)\.(create|with_streaming_response)", "audio"),
    (r"\.moderations\.create", "moderation"),
)
"""What a client of OpenAI's kind offers, whoever answers."""
_LANGCHAIN_METHODS = (
    r"\.(invoke|ainvoke|stream|astream|batch|abatch|predict|apredict|predict_messages|generate|agenerate|generate_prompt"
    r"|call_as_llm|astream_events|transform|run|arun|acall|apply)"
)
_LLAMA_METHODS = (
    r"\.(a?complete|a?chat|a?stream_complete|a?stream_chat|a?predict|a?structured_predict|a?chat_with_tools)"
)
_LITELLM = (
    (r"(a?completion|completion_with_retries|acompletion_with_retries|a?text_completion|a?responses)", "chat"),
    (r"a?embedding", "embeddings"),
    (r"a?image_generation", "image"),
    (r"(a?transcription|a?speech)", "audio"),
    (r"a?rerank", "rerank"),
)
_INSTRUCTOR = (
    r"(\.chat\.completions|\.messages|\.responses)?\.(create|create_with_completion|create_iterable|create_partial)"
)


def _shape(client: str, pattern: str, operation: Operation = "chat", **more: object) -> Shape:
    return Shape(client, re.compile(pattern), operation, **more)  # type: ignore[arg-type]


def _like_openai(client: str, path: str, **more: object) -> list[Shape]:
    return [_shape(client, path + method, operation, **more) for method, operation in _COMPATIBLE]  # type: ignore[arg-type]


def _openai() -> list[Shape]:
    return [
        *_like_openai("openai", _OPENAI, provider="openai", retries=2),
        *_like_openai("azure", _AZURE, provider="azure.ai.openai", retries=2, is_deployment=True),
        _shape("openai", _OPENAI + r"\.batches\.create", provider="openai", retries=2, is_batch=True),
        _shape("openai", r"openai\.(ChatCompletion|Completion|Edit)\.a?create", provider="openai"),
        _shape("openai", r"openai\.Embedding\.a?create", "embeddings", provider="openai"),
        _shape("openai", r"openai\.Image\.a?create(_edit|_variation)?", "image", provider="openai"),
        _shape("openai", r"openai\.Audio\.a?(transcribe|translate)", "audio", provider="openai", first=("model",)),
        _shape(
            "openai-agents",
            r"agents\.Runner\.(run|run_sync|run_streamed)",
            provider="openai",
            retries=2,
            is_nested=True,
            turns=("max_turns", 10),
            first=("agent", "input"),
        ),
    ]


def _anthropic() -> list[Shape]:
    clients = (
        ("", "anthropic"),
        ("Bedrock", "aws.bedrock"),
        ("Vertex", "gcp.vertex_ai"),
        ("Foundry", "azure.ai.openai"),
    )
    return [
        shape
        for suffix, provider in clients
        for path in [rf"anthropic(\.lib\.\w+)?\.(Async)?Anthropic{suffix}\(\)"]
        for shape in (
            _shape(
                "anthropic", path + r"\.(messages|completions)\.(create|stream|parse)", provider=provider, retries=2
            ),
            _shape("anthropic", path + r"\.messages\.batches\.create", provider=provider, retries=2, is_batch=True),
            _shape(
                "anthropic",
                path + r"\.messages\.tool_runner",
                provider=provider,
                retries=2,
                turns=("max_iterations", 0),
            ),
        )
    ]


def _google() -> list[Shape]:
    model = r"(google\.generativeai(\.generative_models)?|vertexai(\.preview)?\.generative_models)\.GenerativeModel"
    made = rf"{model}(\.from_cached_content)?\(\)"
    old = r"vertexai(\.preview)?\.language_models\.\w+\.from_pretrained\(\)"
    return [
        _shape("google", r"google\.genai\.Client\(\)\.models\.generate_content(_stream)?", provider="gcp.gemini"),
        _shape(
            "google",
            r"google\.genai\.Client\(\)\.chats\.create\(\)\.send_message(_stream)?",
            provider="gcp.gemini",
            first=("message",),
        ),
        _shape("google", r"google\.genai\.Client\(\)\.models\.embed_content", "embeddings", provider="gcp.gemini"),
        _shape("google", r"google\.genai\.Client\(\)\.models\.(generate|edit)_images?", "image", provider="gcp.gemini"),
        _shape("google", r"google\.genai\.Client\(\)\.batches\.create", provider="gcp.gemini", is_batch=True),
        _shape("google", rf"{made}\.generate_content(_async)?", provider="gcp.gemini", first=("contents",)),
        _shape("google", rf"{made}\.start_chat\(\)\.send_message(_async)?", provider="gcp.gemini", first=("content",)),
        _shape("google", r"google\.generativeai\.(generate_text|chat)", provider="gcp.gemini"),
        _shape("google", r"google\.generativeai\.embed_content", "embeddings", provider="gcp.gemini"),
        _shape(
            "google", rf"{old}\.(predict|predict_async|predict_streaming)", provider="gcp.vertex_ai", first=("prompt",)
        ),
        _shape("google", rf"{old}\.start_chat\(\)\.send_message(_async)?", provider="gcp.gemini", first=("message",)),
        _shape("google", rf"{old}\.get_embeddings(_async)?", "embeddings", provider="gcp.gemini", first=("texts",)),
    ]


def _bedrock() -> list[Shape]:
    client = r"(aio)?bo(to3|tocore)(\.session)?(\.(Session|get_session)\(\))?\.(client|create_client)\(\)"
    runtime = r"\.(invoke_model|invoke_model_with_response_stream|converse|converse_stream)"
    return [
        _shape("bedrock", client + runtime, provider="aws.bedrock", needs="bedrock-runtime"),
        _shape(
            "bedrock", client + r"\.create_model_invocation_job", provider="aws.bedrock", needs="bedrock", is_batch=True
        ),
        _shape(
            "bedrock",
            client + r"\.(retrieve_and_generate|invoke_agent|invoke_inline_agent)",
            provider="aws.bedrock",
            needs="bedrock-agent-runtime",
        ),
    ]


def _others() -> list[Shape]:
    mistral, cohere = (
        r"mistralai(\.\w+)*\.(Mistral|MistralClient|MistralAsyncClient)\(\)",
        r"cohere\.(Async)?Client(V2)?\(\)",
    )
    return [
        _shape("mistral", mistral + r"\.(chat|fim|agents)\.(complete|stream|parse)(_async)?", provider="mistral_ai"),
        _shape("mistral", mistral + r"\.chat(_stream)?", provider="mistral_ai"),
        _shape("mistral", mistral + r"\.embeddings(\.create(_async)?)?", "embeddings", provider="mistral_ai"),
        _shape("cohere", cohere + r"\.(chat|chat_stream|generate|summarize|classify)", provider="cohere"),
        _shape("cohere", cohere + r"\.(v2\.)?(chat|chat_stream)", provider="cohere"),
        _shape("cohere", cohere + r"\.(v2\.)?embed", "embeddings", provider="cohere"),
        _shape("cohere", cohere + r"\.(v2\.)?rerank", "rerank", provider="cohere"),
        *_like_openai("groq", r"groq\.(Async)?(Groq|Client)\(\)", provider="groq", retries=2),
        *_like_openai("together", r"together\.(Async)?(Together|Client)\(\)", provider="together", retries=2),
        *_like_openai("aisuite", r"aisuite\.Client\(\)"),
        _shape(
            "azure", r"azure\.ai\.inference(\.aio)?\.ChatCompletionsClient\(\)\.complete", provider="azure.ai.openai"
        ),
        _shape(
            "huggingface",
            r"huggingface_hub\.(Async)?InferenceClient\(\)\.(chat_completion|text_generation"
            r"|chat\.completions\.create)",
            provider="huggingface",
        ),
    ]


def _frameworks() -> list[Shape]:
    model = r"langchain[\w.]*\.(?:\w*Chat\w+|\w*OpenAI|Anthropic|Bedrock\w*|VertexAI|Cohere|init_chat_model|\w*LLM)\(\)"
    chain = r"lang(?:chain|graph)[\w.]*\.(?:\w*Chain|\w+QA|create_\w+|AgentExecutor|initialize_agent|load_\w+_chain)"
    return [
        *(_shape("litellm", rf"litellm(\.main|\.Router\(\))?\.{name}", operation) for name, operation in _LITELLM),  # type: ignore[arg-type]
        _shape("litellm", r"litellm\.(batch_completion|batch_completion_models|abatch_completion)"),
        _shape("langchain", rf"{model}({_LANGCHAIN_METHODS})?"),
        _shape(
            "langchain",
            rf"{chain}(\.\w+)?\(\)(\.compile\(\))?({_LANGCHAIN_METHODS})?",
            is_nested=True,
            turns=("max_iterations", 1),
            first=("input",),
        ),
        _shape("langchain", r"langchain[\w.]*\.\w*Embeddings\(\)\.a?embed_(documents|query)", "embeddings"),
        _shape("llamaindex", rf"llama_index[\w.]*\.(?!VectorStoreIndex)\w+\(\){_LLAMA_METHODS}"),
        _shape("llamaindex", rf"llama_index[\w.]*\.Settings\.llm{_LLAMA_METHODS}"),
        _shape(
            "llamaindex",
            r"llama_index[\w.()]*(\.as_query_engine|\.as_chat_engine|\.from_args|\w*QueryEngine)\(\)"
            r"\.(a?query|a?chat|a?stream_chat)",
        ),
        _shape(
            "llamaindex", r"llama_index[\w.]*\.\w*Embedding\(\)\.a?get_(text|query)_embedding(_batch)?", "embeddings"
        ),
        _shape(
            "pydantic-ai",
            r"pydantic_ai(\.agent)?\.Agent\(\)\.(run|run_sync|run_stream|run_stream_sync|iter)",
            first=("user_prompt",),
        ),
        _shape(
            "pydantic-ai",
            r"pydantic_ai\.direct\.model_request(_sync|_stream|_stream_sync)?",
            first=("model", "messages"),
        ),
        _shape("instructor", rf"instructor(\.\w+)*\(\){_INSTRUCTOR}", is_nested=True),
        _shape(
            "openai",
            rf"(langsmith\.wrappers|braintrust|posthog\.ai\.openai|weave\.\w+)\.(wrap_openai|\w*OpenAI)\(\){_CHAT}",
            is_nested=True,
            provider="openai",
            retries=2,
        ),
        _shape("dspy", r"dspy(\.clients\.lm)?\.LM\(\)(\.(forward|aforward|acall))?", retries=3),
        _shape(
            "dspy",
            r"dspy(\.\w+)*\.(Predict|ChainOfThought|ReAct|ProgramOfThought|CodeAct|Refine|BestOfN)\(\)"
            r"(\.(forward|acall|aforward))?",
            retries=3,
            turns=("max_iters", 1),
        ),
    ]


def _http() -> list[Shape]:
    post = r"(post|request|stream|put)"
    clients = (
        r"(requests(\.sessions)?(\.(Session|session)\(\))?|httpx2?(\.(Async)?Client\(\))?|aiohttp\.ClientSession\(\))"
    )
    return [
        _shape("http", rf"{clients}\.{post}", is_http=True, first=("url",)),
        _shape("http", r"urllib\.request\.(Request|urlopen)", is_http=True, first=("url", "data")),
        _shape("http", r"urllib3\.PoolManager\(\)\.(request|urlopen)", is_http=True, first=("method", "url")),
    ]


@cache
def shapes() -> Mapping[str, Sequence[Shape]]:
    """Return the shapes by the first word of their paths; those that begin with a choice stand under ""."""
    found: dict[str, list[Shape]] = defaultdict(list)
    for shape in (*_openai(), *_anthropic(), *_google(), *_bedrock(), *_others(), *_frameworks(), *_http()):
        beginning = re.match(r"\w+", shape.pattern.pattern)
        is_whole = re.match(r"\w+(\\\.|\(\\\.)", shape.pattern.pattern) is not None
        found[beginning[0] if beginning is not None and is_whole else ""].append(shape)
    return found


LIBRARIES = (
    "openai", "anthropic", "google.genai", "google.generativeai", "google import genai", "vertexai", "boto3",
    "aioboto3", "botocore", "aiobotocore", "bedrock-", "mistralai", "import cohere", "from cohere", "import groq",
    "from groq", "import together", "from together", "import aisuite", "from aisuite", "azure.ai.inference",
    "huggingface_hub", "litellm", "langchain", "langgraph", "llama_index", "pydantic_ai", "import instructor",
    "from instructor", "langsmith", "import braintrust", "from braintrust", "posthog.ai", "import weave",
    "from weave", "dspy", "from agents", "import agents",
)  # fmt: skip
"""What stands in a file that uses one of them: all others are not parsed for their sake."""
TELLING = (
    ".completions.create", ".completions.parse", ".messages.create", ".messages.stream", ".responses.create",
    ".responses.parse", ".generate_content", ".invoke_model", ".converse(", ".converse_stream(", ".embeddings.create",
    ".images.generate", "acompletion(", ".ainvoke(", ".invoke(", "api.openai.com", "api.anthropic.com",
    "generativelanguage.googleapis", "openrouter.ai", "api.mistral.ai", "api.groq.com", "api.together",
    "api.deepseek.com", "api.cohere", ".run_sync(", "openai.azure.com", "aiplatform.googleapis", "api.x.ai",
    "api.perplexity.ai", "api.fireworks.ai",
)  # fmt: skip
"""What stands in a file that calls a client which another file made, or an endpoint itself."""

METHODS = frozenset({
    "create", "acreate", "parse", "stream", "create_and_poll", "create_and_stream", "create_and_run",
    "create_and_run_poll", "create_and_run_stream", "generate", "edit", "create_variation", "create_edit",
    "acreate_edit", "acreate_variation", "transcribe", "translate", "atranscribe", "atranslate", "run", "run_sync",
    "run_streamed", "run_stream", "run_stream_sync", "iter", "tool_runner", "generate_content",
    "generate_content_async", "generate_content_stream", "send_message", "send_message_async", "send_message_stream",
    "embed_content", "generate_images", "generate_image", "edit_image", "edit_images", "generate_text", "chat",
    "predict", "predict_async", "predict_streaming", "get_embeddings", "get_embeddings_async", "invoke_model",
    "invoke_model_with_response_stream", "converse", "converse_stream", "create_model_invocation_job",
    "retrieve_and_generate", "invoke_agent", "invoke_inline_agent", "complete", "complete_async", "stream_async",
    "parse_async", "chat_stream", "embeddings", "create_async", "summarize", "classify", "embed", "rerank",
    "chat_completion", "text_generation", "completion", "acompletion", "completion_with_retries",
    "acompletion_with_retries", "text_completion", "atext_completion", "responses", "aresponses", "embedding",
    "aembedding", "image_generation", "aimage_generation", "transcription", "atranscription", "speech", "aspeech",
    "arerank", "batch_completion", "batch_completion_models", "abatch_completion", "invoke", "ainvoke", "astream",
    "batch", "abatch", "apredict", "predict_messages", "agenerate", "generate_prompt", "call_as_llm",
    "astream_events", "transform", "arun", "acall", "apply", "embed_documents", "embed_query", "aembed_documents",
    "aembed_query", "acomplete", "achat", "stream_complete", "astream_complete", "stream_chat", "astream_chat",
    "structured_predict", "astructured_predict", "chat_with_tools", "achat_with_tools", "query", "aquery",
    "get_text_embedding", "get_query_embedding", "get_text_embedding_batch", "aget_text_embedding",
    "aget_query_embedding", "model_request", "model_request_sync", "model_request_stream",
    "model_request_stream_sync", "create_with_completion", "create_iterable", "create_partial", "forward", "aforward",
    "post", "request", "put", "Request", "urlopen",
})  # fmt: skip
"""The last names of all calls above: no other call is looked at."""
MADE_TO_BE_CALLED = re.compile(
    r"partial|Predict|ChainOfThought|ReAct|ProgramOfThought|CodeAct|Refine|BestOfN|LM|\w*Chat\w*|\w*Chain|\w*LLM|OpenAI"
)
"""Makers of objects that are called themselves: ``classify = dspy.Predict(…)``; and of calls under another name."""

_ON_THE_WAY = re.compile(
    r"\.(?:with_options|bind|bind_tools|with_structured_output|with_retry|with_config|with_types|with_fallbacks"
    r"|configurable_fields|configurable_alternatives|copy|assign|pick|__enter__|__aenter__)\(\)(?=[.(]|$)"
    r"|\.(?:with_raw_response|with_streaming_response|beta|aio)(?=\.)"
)
_ALIASES = (
    ("langfuse.openai.openai.", "openai."),
    ("langfuse.openai.", "openai."),
    ("ddtrace.", ""),
    ("httpx2", "httpx"),
)


def plain_path(path: str) -> str:
    """Return a path without what only changes settings on the way, and with other names of a library as its own."""
    plain = _ON_THE_WAY.sub("", path)
    for alias, name in _ALIASES:
        plain = name + plain[len(alias) :] if plain.startswith(alias) else plain
    return plain


def shape_of(path: str) -> Shape | None:
    """Return the shape of a call by its path, None where it is no call of a model."""
    plain = plain_path(path)
    root = plain.partition(".")[0]
    table = shapes()
    candidates = (*table.get(root, ()), *table.get("", ()))
    return next((shape for shape in candidates if shape.pattern.fullmatch(plain)), None)
