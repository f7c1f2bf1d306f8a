"""The functions of packages that call a model, by package and by how they are reached; adding one is adding a line.

A path is how a function is reached in its package: ``OpenAI().chat.completions.create`` is a method of what ``new
OpenAI()`` gives. Retries are what a client does unless told otherwise.

Sources: the packages' own type declarations and READMEs on npm, read 2026-11: openai, groq-sdk, together-ai and
@anthropic-ai/sdk repeat 2 times ("maxRetries", default 2); so does the AI SDK; LangChain 6 times (AsyncCallerParams);
AWS clients try 3 times in all ("maxAttempts"); cohere-ai repeats 2 times; @google/genai and Mistral's do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tollbar.inputs.llm_code.call_site import Operation
    from tollbar.inputs.llm_code.javascript.values import External

ModelPlace = Literal["call", "path", "model_object", "command", "parts", "agent"]
"""Where the model stands: in the call's own arguments; in any call of the path to it; in the model object that the
call is given; in the command that is sent; in the model that is a part of a chain; in the agent that is run."""

_OPENAI = r"(default\.)?(OpenAI|AzureOpenAI|Groq|Together|Cerebras|Portkey|default|)\(\)(\.withOptions\(\))?"
_ANTHROPIC = r"(default\.)?(Anthropic(Bedrock|Vertex|BedrockMantle)?|default|)\(\)(\.withOptions\(\))?(\.beta)?"
_OPENAI_PACKAGES = r"openai|groq-sdk|together-ai|@cerebras/cerebras_cloud_sdk|portkey-ai|langfuse|openai/.*"
_ANTHROPIC_PACKAGES = r"@anthropic-ai/(sdk|bedrock-sdk|vertex-sdk)(/.*)?"
_GENERATIVE_MODEL = r"(\w+)\(\)(\.preview)?\.getGenerativeModel(FromCachedContent)?\(\)"
_LANGCHAIN = r"@langchain/(?!langgraph-sdk).*|langchain(/.*)?"


@dataclass(frozen=True, slots=True)
class Shape:
    """A function that calls a model."""

    packages: str
    path: str
    client: str
    provider: str | None
    operation: Operation = "chat"
    model: ModelPlace = "call"
    retries: int | None = 2
    is_batch: bool = False


SHAPES: tuple[Shape, ...] = (
    Shape(
        _OPENAI_PACKAGES,
        rf"{_OPENAI}(\.beta)?\.(chat\.completions|responses)\.(create|parse|stream|runTools|runFunctions)",
        "openai",
        "openai",
    ),
    Shape(_OPENAI_PACKAGES, rf"{_OPENAI}\.completions\.create", "openai", "openai"),
    Shape(_OPENAI_PACKAGES, rf"{_OPENAI}\.embeddings\.create", "openai", "openai", "embeddings"),
    Shape(_OPENAI_PACKAGES, rf"{_OPENAI}\.images\.(generate|edit|createVariation)", "openai", "openai", "image"),
    Shape(
        _OPENAI_PACKAGES,
        rf"{_OPENAI}\.audio\.(speech|transcriptions|translations)\.create",
        "openai",
        "openai",
        "audio",
    ),
    Shape(_OPENAI_PACKAGES, rf"{_OPENAI}\.moderations\.create", "openai", "openai", "moderation"),
    Shape(_OPENAI_PACKAGES, rf"{_OPENAI}\.batches\.create", "openai", "openai", is_batch=True),
    Shape(
        _OPENAI_PACKAGES,
        rf"{_OPENAI}\.beta\.threads\.(runs\.)?(create|stream|createAndPoll|createAndRun|createAndRunPoll)",
        "openai",
        "openai",
    ),
    Shape("openai", r"(default\.)?OpenAIApi\(\)\.create(Chat)?Completion", "openai", "openai", retries=0),
    Shape("openai", r"(default\.)?OpenAIApi\(\)\.createEmbedding", "openai", "openai", "embeddings", retries=0),
    Shape("openai", r"(default\.)?OpenAIApi\(\)\.createImage\w*", "openai", "openai", "image", retries=0),
    Shape(
        "@azure/openai",
        r"OpenAIClient\(\)\.(get|stream|list)(Chat)?Completions",
        "azure",
        "azure.ai.openai",
        retries=3,
    ),
    Shape("@azure/openai", r"OpenAIClient\(\)\.getEmbeddings", "azure", "azure.ai.openai", "embeddings", retries=3),
    Shape("@azure/openai", r"OpenAIClient\(\)\.getImages", "azure", "azure.ai.openai", "image", retries=3),
    Shape(
        _ANTHROPIC_PACKAGES, rf"{_ANTHROPIC}\.messages\.(create|stream|parse|toolRunner)", "anthropic", "anthropic"
    ),
    Shape(_ANTHROPIC_PACKAGES, rf"{_ANTHROPIC}\.completions\.create", "anthropic", "anthropic"),
    Shape(_ANTHROPIC_PACKAGES, rf"{_ANTHROPIC}\.messages\.batches\.create", "anthropic", "anthropic", is_batch=True),
    Shape(
        "@google/genai", r"(\w+)\(\)\.models\.generateContent(Stream)?", "google", "gcp.gemini", retries=None
    ),
    Shape(
        "@google/genai",
        r"(\w+)\(\)\.chats\.create\(\)\.sendMessage(Stream)?",
        "google",
        "gcp.gemini",
        model="path",
        retries=None,
    ),
    Shape("@google/genai", r"(\w+)\(\)\.models\.embedContent", "google", "gcp.gemini", "embeddings", retries=None),
    Shape(
        "@google/genai", r"(\w+)\(\)\.models\.(generate|edit)Images?", "google", "gcp.gemini", "image", retries=None
    ),
    Shape("@google/genai", r"(\w+)\(\)\.batches\.create", "google", "gcp.gemini", retries=None, is_batch=True),
    Shape(
        r"@google/generative-ai|firebase/(ai|vertexai.*)",
        rf"({_GENERATIVE_MODEL}|getGenerativeModel\(\))(\.startChat\(\))?\.(generateContent|sendMessage)(Stream)?",
        "google",
        "gcp.gemini",
        model="path",
        retries=None,
    ),
    Shape(
        "@google/generative-ai",
        rf"{_GENERATIVE_MODEL}\.(embedContent|batchEmbedContents)",
        "google",
        "gcp.gemini",
        "embeddings",
        model="path",
        retries=None,
    ),
    Shape(
        "@google-cloud/vertexai",
        rf"{_GENERATIVE_MODEL}(\.startChat\(\))?\.(generateContent|sendMessage)(Stream)?",
        "google",
        "gcp.vertex_ai",
        model="path",
        retries=None,
    ),
    Shape(
        "@aws-sdk/client-bedrock-runtime",
        r"(BedrockRuntimeClient|BedrockRuntime)\(\)\.send",
        "bedrock",
        "aws.bedrock",
        model="command",
    ),
    Shape(
        "@aws-sdk/client-bedrock-runtime",
        r"BedrockRuntime\(\)\.(invokeModel|converse)\w*",
        "bedrock",
        "aws.bedrock",
    ),
    Shape("aws-sdk", r"(default\.)?BedrockRuntime\(\)\.(invokeModel|converse)\w*", "bedrock", "aws.bedrock"),
    Shape(
        "@mistralai/mistralai",
        r"(\w*)\(\)\.(chat|fim|agents)(\.(complete|stream|parse|parseStream))?|(\w*)\(\)\.chatStream",
        "mistral",
        "mistral_ai",
        retries=None,
    ),
    Shape(
        "@mistralai/mistralai",
        r"(\w*)\(\)\.embeddings(\.create)?",
        "mistral",
        "mistral_ai",
        "embeddings",
        retries=None,
    ),
    Shape("cohere-ai", r"(\w*)\(\)\.(v2\.)?(chat|chatStream|generate|summarize|classify)", "cohere", "cohere"),
    Shape("cohere-ai", r"(\w*)\(\)\.(v2\.)?embed", "cohere", "cohere", "embeddings"),
    Shape("cohere-ai", r"(\w*)\(\)\.(v2\.)?rerank", "cohere", "cohere", "rerank"),
    Shape(
        "@huggingface/inference",
        r"(\w+)\(\)\.(chatCompletion|textGeneration)(Stream)?",
        "huggingface",
        "huggingface",
        retries=None,
    ),
    Shape(
        r"ai|ai/rsc|@ai-sdk/rsc",
        r"generateText|streamText|generateObject|streamObject|streamUI",
        "ai-sdk",
        None,
        model="model_object",
    ),
    Shape(
        "ai",
        r"(Experimental_Agent|ToolLoopAgent|Agent)\(\)\.(generate|stream|respond)",
        "ai-sdk",
        None,
        model="model_object",
    ),
    Shape("ai", r"embed|embedMany", "ai-sdk", None, "embeddings", model="model_object"),
    Shape("ai", r"(experimental_)?generateImage", "ai-sdk", None, "image", model="model_object"),
    Shape(
        "ai", r"(experimental_)?(transcribe|generateSpeech)", "ai-sdk", None, "audio", model="model_object"
    ),
    Shape("ai", r"rerank", "ai-sdk", None, "rerank", model="model_object"),
    Shape(
        r"@mastra/core(/agent)?",
        r"Agent\(\)\.(generate|stream)(Legacy|VNext)?",
        "mastra",
        None,
        model="model_object",
    ),
    Shape(
        r"genkit(/.*)?|@genkit-ai/ai", r"genkit\(\)\.generate(Stream)?|generate", "genkit", None, model="model_object",
        retries=None,
    ),
    Shape("@openai/agents", r"run|Runner\(\)\.run", "openai", "openai", model="agent"),
    Shape(
        _LANGCHAIN,
        r".+\.(invoke|stream|batch|call|predict|predictMessages|generate|streamEvents|streamLog)",
        "langchain",
        None,
        model="parts",
        retries=6,
    ),
    Shape(
        _LANGCHAIN,
        r"\w*Embeddings\(\)\.(embedQuery|embedDocuments)",
        "langchain",
        None,
        "embeddings",
        model="path",
        retries=6,
    ),
    Shape(
        r"llamaindex|@llamaindex/.*",
        r"(?!\w*Embedding\()\w+\(\)\.(chat|complete|exec)",
        "llamaindex",
        None,
        model="path",
        retries=10,
    ),
    Shape(
        r"llamaindex|@llamaindex/.*",
        r"\w*Embedding\(\)\.getTextEmbeddings?(Batch)?",
        "llamaindex",
        None,
        "embeddings",
        model="path",
        retries=10,
    ),
    Shape(
        r"llamaindex|@llamaindex/workflow",
        r"(agent|multiAgent)\(\)\.(run|runStream)",
        "llamaindex",
        None,
        model="model_object",
        retries=10,
    ),
)  # fmt: skip
CHAIN_MODELS = re.compile(
    r"(?!.*(Embeddings|PromptTemplate|MessagesPlaceholder)\(\))"
    r"(Chat[A-Z]\w*|AzureChatOpenAI|OpenAI|AzureOpenAI|Bedrock|BedrockChat|VertexAI|GoogleGenerativeAI|Cohere|MistralAI|"
    r"Ollama|initChatModel)\(\)"
)
"""The models among LangChain's classes; ``ChatPromptTemplate.fromMessages()`` is none, for it is not called itself."""
PROVIDERS_BY_PACKAGE = {
    "groq-sdk": "groq",
    "together-ai": "together",
    "@cerebras/cerebras_cloud_sdk": "cerebras",
    "portkey-ai": None,
    "@anthropic-ai/bedrock-sdk": "aws.bedrock",
    "@anthropic-ai/vertex-sdk": "gcp.vertex_ai",
    "@ai-sdk/openai": "openai",
    "@ai-sdk/azure": "azure.ai.openai",
    "@ai-sdk/anthropic": "anthropic",
    "@ai-sdk/google": "gcp.gemini",
    "@ai-sdk/google-vertex": "gcp.vertex_ai",
    "@ai-sdk/google-vertex/anthropic": "gcp.vertex_ai",
    "@ai-sdk/amazon-bedrock": "aws.bedrock",
    "@ai-sdk/mistral": "mistral_ai",
    "@ai-sdk/groq": "groq",
    "@ai-sdk/cohere": "cohere",
    "@ai-sdk/deepseek": "deepseek",
    "@ai-sdk/xai": "x-ai",
    "@ai-sdk/togetherai": "together",
    "@ai-sdk/fireworks": "fireworks",
    "@ai-sdk/perplexity": "perplexity",
    "@openrouter/ai-sdk-provider": "openrouter",
    "@genkit-ai/googleai": "gcp.gemini",
    "@genkit-ai/google-genai": "gcp.gemini",
    "@genkit-ai/vertexai": "gcp.vertex_ai",
    "@langchain/openai": "openai",
    "langchain/chat_models/openai": "openai",
    "langchain/llms/openai": "openai",
    "@langchain/anthropic": "anthropic",
    "langchain/chat_models/anthropic": "anthropic",
    "@langchain/google-genai": "gcp.gemini",
    "@langchain/google-vertexai": "gcp.vertex_ai",
    "@langchain/aws": "aws.bedrock",
    "@langchain/mistralai": "mistral_ai",
    "@langchain/groq": "groq",
    "@langchain/cohere": "cohere",
    "@langchain/deepseek": "deepseek",
    "@langchain/xai": "x-ai",
    "@llamaindex/openai": "openai",
    "@llamaindex/anthropic": "anthropic",
    "@llamaindex/google": "gcp.gemini",
    "@llamaindex/mistral": "mistral_ai",
    "@llamaindex/groq": "groq",
}
"""Who is called by a package. Where it is not told, the name of the model may tell."""
PROVIDERS_BY_CLASS = {
    "AzureOpenAI": "azure.ai.openai",
    "AzureChatOpenAI": "azure.ai.openai",
    "AzureOpenAIEmbeddings": "azure.ai.openai",
    "OpenAI": "openai",
    "OpenAIEmbedding": "openai",
    "Anthropic": "anthropic",
    "Gemini": "gcp.gemini",
    "MistralAI": "mistral_ai",
    "Groq": "groq",
    "Bedrock": "aws.bedrock",
    "DeepSeekLLM": "deepseek",
}
"""The same by the class, in packages that have clients of several."""
_PACKAGES = re.compile(
    r"""["'](?:node:)?("""
    r"openai|groq-sdk|together-ai|portkey-ai|@azure/openai|@anthropic-ai/|@google/gen|@google-cloud/vertexai"
    r"|firebase/(ai|vertex)|@aws-sdk/client-bedrock-runtime|aws-sdk|@mistralai/|cohere-ai|@huggingface/inference"
    r"|ai[\"'/]|@ai-sdk/|@mastra/|genkit|@genkit-ai/|@openai/|@langchain/|langchain|llamaindex|@llamaindex/|@cerebras/"
    r"|@openrouter/|langfuse"
    r")"
)
_WORDS = (
    "openai", "groq", "together", "portkey", "anthropic", "@google", "firebase/", "aws-sdk", "mistral", "cohere",
    "huggingface", '"ai"', "'ai'", '"ai/', "'ai/", "ai-sdk", "mastra", "genkit", "langchain", "llamaindex", "cerebras",
    "openrouter", "langfuse",
)  # fmt: skip
"""One of these stands in each package's name: most files hold none, and are told by this the fastest."""


def may_import_models(text: str) -> bool:
    """Whether a file's text names a package in which a model may be called, as an import does."""
    return any(word in text for word in _WORDS) and _PACKAGES.search(text) is not None


ENDS = frozenset(
    {
        "create", "parse", "stream", "runTools", "runFunctions", "generate", "edit", "createVariation",
        "createAndPoll", "createAndRun", "createAndRunPoll", "createChatCompletion", "createCompletion",
        "createEmbedding", "createImage", "getChatCompletions", "getCompletions", "streamChatCompletions",
        "streamCompletions", "listChatCompletions", "getEmbeddings", "getImages", "toolRunner", "generateContent",
        "generateContentStream", "sendMessage", "sendMessageStream", "embedContent", "batchEmbedContents",
        "generateImages", "editImage", "send", "invokeModel", "invokeModelWithResponseStream", "converse",
        "converseStream", "complete", "chat", "chatStream", "fim", "agents", "parseStream", "embeddings", "summarize",
        "classify", "embed", "rerank", "chatCompletion", "chatCompletionStream", "textGeneration",
        "textGenerationStream", "generateText", "streamText", "generateObject", "streamObject", "streamUI",
        "embedMany", "generateImage", "experimental_generateImage", "transcribe", "generateSpeech",
        "experimental_transcribe", "experimental_generateSpeech", "respond", "generateLegacy", "streamLegacy",
        "generateVNext", "streamVNext", "generateStream", "run", "runStream", "invoke", "batch", "call", "predict",
        "predictMessages", "streamEvents", "streamLog", "embedQuery", "embedDocuments", "exec", "getTextEmbedding",
        "getTextEmbeddings", "getTextEmbeddingsBatch",
    }
)  # fmt: skip
"""How the functions are called: a call of another name is not followed."""


@cache
def shape_at(package: str, path: str) -> Shape | None:
    """Return the shape of a function of a package, None where it calls no model."""
    for shape in SHAPES:
        if re.fullmatch(shape.packages, package) and re.fullmatch(shape.path, path):
            return shape
    return None


def class_of(value: External) -> str:
    """Return the class or function that a path begins with."""
    return value.path.removeprefix("default.").partition("(")[0].rpartition(".")[2]


_MODEL_CLASSES = (
    (_LANGCHAIN, CHAIN_MODELS.pattern, "langchain"),
    (
        r"llamaindex|@llamaindex/.*",
        r"(OpenAI|Anthropic|Gemini|MistralAI|Groq|Bedrock|DeepSeekLLM)\(\)|openai\(\)",
        "llamaindex",
    ),
    (
        r"@ai-sdk/(?!gateway|react|vue|svelte|provider).*|@openrouter/ai-sdk-provider",
        r"(create\w+\(\)|\w+)(\.(chat|responses|languageModel|completion))?\(\)",
        "ai-sdk",
    ),
    (r"@aws-sdk/client-bedrock-runtime", r"(InvokeModel|Converse)\w*Command\(\)", "bedrock"),
)
"""What is a model, or a call of one that is still to be sent: a site of its own where nothing is seen to call it."""


MODEL_PACKAGES = re.compile(
    r"""["'](@langchain/|langchain|llamaindex|@llamaindex/|@ai-sdk/|@openrouter/|@aws-sdk/client-bed)"""
)
"""What a file's text holds where it imports a package of such objects."""


def is_model_package(name: str) -> bool:
    """Whether a package has model objects, or is one of the project from which they may come."""
    return name.startswith(".") or any(re.fullmatch(packages, name) for packages, _, _ in _MODEL_CLASSES)


def is_model_object(value: External) -> bool:
    """Whether a value is a model made to be given to something that calls it."""
    return any(
        re.fullmatch(packages, value.package) and re.fullmatch(path, value.path) for packages, path, _ in _MODEL_CLASSES
    )


def client_of_package(package: str) -> str:
    """Return the library that calls a model object of a package."""
    return next((client for packages, _, client in _MODEL_CLASSES if re.fullmatch(packages, package)), "")


def retries_of_client(client: str) -> int | None:
    """Return how often a library repeats a call unless told otherwise."""
    return next((shape.retries for shape in SHAPES if shape.client == client), None)
