"""What a call is for, by the names around it and the words of its prompt: a small table of rules, the first that fits.

The kinds of task are those that policies name as ``task_type``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_RULES = (
    ("summarization", r"summar|tl;?dr|abstract(?:ive)?_|condense|digest"),
    ("translation", r"translat|locali[sz]e_text|into (?:french|german|spanish|english)"),
    ("classification", r"classif|categori[sz]|sentiment|label_|intent|moderat|triage|is_spam|detect_language"),
    ("extraction", r"extract|parse_|structured|entities|ner_|fill_form"),
    ("code_generation", r"generate_code|write_code|code_review|refactor|unit_?test|sql_query|text_to_sql|fix_bug"),
    ("reasoning", r"step by step|prove|reason_|solve_|plan_steps"),
    ("basic_q_and_a", r"answer|question|\bqa\b|_qa\b|rag_|retriev"),
    ("chat", r"chat|reply|respond|convers|assistant|bot\b"),
    ("content_generation", r"generat|write_|compose|draft|rewrite|email"),
)
_TABLE = tuple((task, re.compile(pattern, re.IGNORECASE)) for task, pattern in _RULES)
_LOOKED_AT = 400
"""Characters of a prompt that are looked at: what is asked for stands at its beginning."""


def task_of(names: Iterable[str], texts: Iterable[str]) -> str | None:
    """Return the kind of task that names of functions and the texts of a prompt tell of; names count first."""
    beginnings = " ".join(text[:_LOOKED_AT] for text in texts)
    for told in (" ".join(names), beginnings):
        found = next((task for task, pattern in _TABLE if pattern.search(told)), None)
        if found is not None:
            return found
    return None
