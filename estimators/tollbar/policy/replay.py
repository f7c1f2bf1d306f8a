"""Many decisions at once: estimates decided anew, each as of its own time and by settings of its own.

One run of ``opa`` decides a few hundred, because starting it costs more than a decision; runs go side by side.
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from tollbar.decision import Decision, decision_from_result
from tollbar.errors import EngineError
from tollbar.policy.engine import SETTINGS_ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tollbar.policy.opa_binary import OpaBinary

_AT_ONCE = 100
_FEWER_COLLECTIONS = {"GOGC": "400"}
"""For opa, a Go program: 200 estimates of 20 resources take 3.4 seconds of CPU time instead of 4.9."""
# What `with` is given must be bound before it: opa 1.20.2 leaves the input undefined in places where it is a reference.
_QUERY = f"""{{name: decision |
    some name, stored in input
    estimate := stored.estimate
    settings := stored.settings
    decision := data.tollbar.decision with input as estimate with data.{SETTINGS_ROOT} as settings
}}"""


@dataclass(frozen=True, slots=True)
class Question:
    """An estimate as JSON, and the settings to decide it by."""

    estimate: str
    settings: Mapping[str, Any]


def decide_all(engine: OpaBinary, questions: Mapping[str, Question]) -> dict[str, Decision | EngineError]:
    """Return for each question the decision, or why there is none.

    Raises:
        EngineError: The engine or the policy itself is broken, whatever the question.
    """
    engine.query(_QUERY, "{}")
    workers = os.cpu_count() or 1
    size = max(1, min(_AT_ONCE, -(-len(questions) // workers)))
    answers: dict[str, Decision | EngineError] = {}
    with ThreadPoolExecutor(workers) as pool:
        for decided in pool.map(lambda names: _decide(engine, questions, names), _groups(list(questions), size)):
            answers.update(decided)
    return answers


def _groups(names: Sequence[str], size: int) -> Iterator[list[str]]:
    rest = iter(names)
    while group := list(islice(rest, size)):
        yield group


def _decide(
    engine: OpaBinary, questions: Mapping[str, Question], names: Sequence[str]
) -> dict[str, Decision | EngineError]:
    """Decide some questions in one run; where that fails, find the one that is to blame by halves."""
    document = ",".join(
        f'{json.dumps(name)}:{{"estimate":{questions[name].estimate},"settings":'
        f"{json.dumps(questions[name].settings, default=str)}}}"
        for name in names
    )
    try:
        answer = engine.query(_QUERY, f"{{{document}}}", _FEWER_COLLECTIONS)
    except EngineError as error:
        if len(names) == 1:
            return {names[0]: error}
        half = len(names) // 2
        return _decide(engine, questions, names[:half]) | _decide(engine, questions, names[half:])
    return {name: _decision(answer, name) for name in names}


def _decision(answer: object, name: str) -> Decision | EngineError:
    result = answer.get(name) if isinstance(answer, dict) else None
    try:
        return decision_from_result(result)
    except EngineError as error:
        return error
