"""Gemini's answers: the prompt holds the cached tokens, the candidates do not hold the thoughts.

Tokens of a tool's results stand beside the prompt. Audio and images are parts of the prompt, told by modality.
"""

from __future__ import annotations

from tollbar.llm.log_format import ALONE, PAIR, PAIR_BODIES, PRESENT, LogFormat


def _part(whole: str, name: str) -> str:
    return f"of_modality({{usageMetadata.{whole}}}, '{name}')"


_AUDIO = f"less({_part('promptTokensDetails', 'AUDIO')}, {_part('cacheTokensDetails', 'AUDIO')})"
_IMAGE = f"less({_part('promptTokensDetails', 'IMAGE')}, {_part('cacheTokensDetails', 'IMAGE')})"
_PROMPT = "tokens({usageMetadata.promptTokenCount}) + coalesce(tokens({usageMetadata.toolUsePromptTokenCount}), 0)"

FORMAT = LogFormat(
    name="gemini",
    title="Gemini answer (generateContent)",
    source="Google's API reference, GenerateContentResponse.UsageMetadata",
    recognised_by={"usageMetadata.promptTokenCount|usageMetadata.totalTokenCount": PRESENT},
    shapes=(ALONE, PAIR, PAIR_BODIES),
    columns={
        "record_id": "word({responseId})",
        "input_uncached": f"less({_PROMPT}, tokens({{usageMetadata.cachedContentTokenCount}}), {_AUDIO}, {_IMAGE})",
        "cache_read": "less(tokens({usageMetadata.cachedContentTokenCount}), "
        f"{_part('cacheTokensDetails', 'AUDIO')})",
        "cache_read_audio": _part("cacheTokensDetails", "AUDIO"),
        "input_audio": _AUDIO,
        "input_image": _IMAGE,
        "output_visible": "less(coalesce(tokens({usageMetadata.candidatesTokenCount}), "
        "CASE WHEN {usageMetadata.totalTokenCount} IS NOT NULL THEN 0 END), "
        f"{_part('candidatesTokensDetails', 'AUDIO')}, {_part('candidatesTokensDetails', 'IMAGE')})",
        "output_audio": _part("candidatesTokensDetails", "AUDIO"),
        "output_image": _part("candidatesTokensDetails", "IMAGE"),
        "reasoning": "tokens({usageMetadata.thoughtsTokenCount})",
        "time": "moment(coalesce({createTime}, {record:time}, {record:timestamp}, {record:created_at}))",
        "time_text": "coalesce({createTime}, {record:time}, {record:timestamp}, {record:created_at})",
        "duration_ms": "number(coalesce({record:duration_ms}, {record:latency_ms}))",
        "requests": "1",
        "trace_id": "coalesce(word({record:trace_id}), word({responseId}))",
        "session_id": "word({record:session_id})",
        "operation": "coalesce(word({record:operation}), word({record:route}), word({record:name}))",
        "provider": "coalesce(word({record:provider}), 'gcp.gemini')",
        "logged_model": "coalesce(word({modelVersion}), word({record:model}), word({request:model}))",
        "task_type": "word({record:task_type})",
        "project": "word({record:project})",
        "team": "word({record:team})",
        "user_id": "word({record:user_id})",
        "environment": "word({record:environment})",
        "status": "'ok'",
        "finish_reason": "finish({candidates[0].finishReason})",
        "max_output_tokens": "tokens({request:generationConfig.maxOutputTokens})",
        "prompt": "{request:contents}",
        "system_prompt": "{request:systemInstruction.parts[0].text}",
    },
    precedence=45,
)
