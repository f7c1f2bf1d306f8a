"""A usage log with waste whose every call and dollar is known: for benchmarks, and small for tests.

    python -m tests.bench.generated_log 1000000 log.jsonl

One line is one call: OpenAI's request and answer, and who asked. Of each hour, a fixed part is waste of each kind; all
else is traffic in which nothing is to be found. What is to be found is added up while writing, from rates that stand
here, not from the code under test. The same seed writes the same log.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

START = datetime(2026, 10, 5, tzinfo=UTC)  # a Monday
_HOURS = 672  # four weeks
_MILLION = Decimal(1_000_000)
# USD per million tokens of input, cached input and output: the vendors' price pages, autumn 2026.
RATES = {
    "gpt-4o": (Decimal("2.5"), Decimal("1.25"), Decimal(10)),
    "gpt-4o-mini": (Decimal("0.15"), Decimal("0.075"), Decimal("0.6")),
    "gpt-4": (Decimal(30), None, Decimal(60)),
    "o1-pro": (Decimal(150), None, Decimal(600)),
    "claude-opus-4-20250514": (Decimal(15), Decimal("1.5"), Decimal(75)),
    "claude-haiku-4-5": (Decimal(1), Decimal("0.1"), Decimal(5)),
}
_SMALL = {"gpt-4": "gpt-4o-mini", "o1-pro": "gpt-4o-mini", "claude-opus-4-20250514": "claude-haiku-4-5"}
_PROVIDERS = {"claude-opus-4-20250514": "anthropic"}
_TEXT = (
    "the order arrived late and customer asked whether refund could be sent before weekend while warehouse says parcel "
    "left on time carrier shows no scan since then please look into account history explain what happened offer "
    "discount apologise politely mention delivery window check address again note reply briefly thank them for patience"
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Expected:
    """What is to be found in a generated log: calls and USD by detector, each call claimed once."""

    rows: int = 0
    cost_usd: Decimal = Decimal(0)
    calls: dict[str, int] = field(default_factory=dict)
    wasted_usd: dict[str, Decimal] = field(default_factory=dict)
    bad_lines: int = 0

    def waste(self, detector: str, usd: Decimal) -> None:
        """Count one call that a detector is to claim."""
        self.calls[detector] = self.calls.get(detector, 0) + 1
        self.wasted_usd[detector] = self.wasted_usd.get(detector, Decimal(0)) + usd


@dataclass(frozen=True)
class _Call:
    """A call to be written. ``billed`` is False where a failure cost nothing."""

    second: float
    model: str = "gpt-4o-mini"
    prompt: str = ""
    system: str = ""
    input_tokens: int = 120
    output_tokens: int = 80
    cached_tokens: int = 0
    trace: str = ""
    session: str = ""
    user: str = ""
    operation: str = "answers"
    task: str = ""
    status: int = 200
    finish: str = "stop"

    @property
    def usd(self) -> Decimal:
        """What it costs."""
        rate, cached_rate, output_rate = RATES[self.model]
        cached = self.cached_tokens * (cached_rate or rate)
        return ((self.input_tokens - self.cached_tokens) * rate + cached + self.output_tokens * output_rate) / _MILLION


class GeneratedLog:
    """Writes the log hour by hour. ``expected`` is complete once all lines were taken."""

    def __init__(self, rows: int, seed: int = 7, hours: int | None = None, bad_lines: int = 0) -> None:
        self.expected = Expected(bad_lines=bad_lines)
        self._rows = rows
        self._hours = hours or max(24, min(_HOURS, rows // 400))
        self._random = random.Random(seed)  # noqa: S311 -- no secret
        words = _TEXT.split()
        self._texts = [" ".join(self._random.choices(words, k=16)) for _ in range(997)]
        self._number = 0
        self._asked_before = False
        self._bad = set(self._random.sample(range(self._hours), min(bad_lines, self._hours)))

    def lines(self) -> Iterator[str]:
        """Yield the log's lines, each with its newline, in the order of time within each hour."""
        left = self._rows
        for hour in range(self._hours):
            calls = list(self._wasted(hour, left // (self._hours - hour)))
            usual = left - len(calls) if hour == self._hours - 1 else max(0, left // (self._hours - hour) - len(calls))
            calls += [self._usual(3600 * number / max(usual, 1)) for number in range(usual)]
            calls.sort(key=lambda call: call.second)
            left -= len(calls)
            for call in calls:
                self.expected.rows += 1
                self.expected.cost_usd += call.usd
                yield self._line(START + timedelta(hours=hour), call)
            if hour in self._bad:
                yield '{"request": {"model": "gpt-4o"\n'

    def write(self, file: Path) -> Expected:
        """Write the log, and return what is to be found in it."""
        with file.open("w", encoding="utf-8") as out:
            out.writelines(self.lines())
        return self.expected

    def _usual(self, second: float) -> _Call:
        name = self._name()
        text = self._texts[self._number % len(self._texts)]
        prompt = f"Hello, {name}: {text}"
        size = 60 + self._number % 90
        return _Call(second, prompt=prompt, trace=name, user=f"user-{self._number % 5000}", input_tokens=size,
                     output_tokens=20 + self._number % 150)  # fmt: skip

    def _wasted(self, hour: int, rows: int) -> Iterator[_Call]:
        for _ in range(max(1, rows // 500)):
            yield from self._retry_loop()
            yield from self._overkill()
        yield from self._near_loop()
        yield from self._fallbacks()
        yield from self._cut_answer()
        yield from self._duplicates()
        yield from self._session()
        yield from self._uncached()
        if hour % 24 == 2:
            yield from self._nightly()
        if hour % 24 == 12:
            yield from self._storm()

    def _retry_loop(self) -> Iterator[_Call]:
        prompt, start = f"Plan the tour {self._name()} again", self._random.randrange(3000)
        for attempt in range(6):
            call = _Call(start + 10 * attempt, "gpt-4o", prompt, input_tokens=800, output_tokens=100,
                         trace=self._name(), task="reasoning", operation="tours")  # fmt: skip
            if attempt:
                self.expected.waste("retry_loop", call.usd)
            yield call

    def _near_loop(self) -> Iterator[_Call]:
        name, start = self._name(), self._random.randrange(3000)
        for attempt in range(5):
            call = _Call(start + 7 * attempt, "gpt-4o", f"Attempt {attempt}: route of {name}!", input_tokens=700,
                         output_tokens=90, trace=name, task="reasoning", operation="tours")  # fmt: skip
            if attempt:
                self.expected.waste("retry_loop", call.usd)
            yield call

    def _overkill(self) -> Iterator[_Call]:
        for model, small in _SMALL.items():
            call = _Call(self._random.randrange(3600), model, f"Classify the mood of {self._name()}",
                         input_tokens=200, output_tokens=50, trace=self._name(), task="classification",
                         operation="moods")  # fmt: skip
            rate, _, output_rate = RATES[small]
            self.expected.waste("model_overkill", call.usd - (200 * rate + 50 * output_rate) / _MILLION)
            yield call

    def _fallbacks(self) -> Iterator[_Call]:
        name, start = self._name(), self._random.randrange(3000)
        yield _Call(start, "gpt-4o-mini", f"Explain {name}", trace=name, task="reasoning", operation="explain")
        dear = _Call(start + 4, "gpt-4o", f"Explain {name}", trace=name, task="reasoning", operation="explain")
        self.expected.waste("fallback_chain", dear.usd)
        yield dear
        name = self._name()
        yield _Call(start, "gpt-4o-mini", f"Describe {name}", trace=name, status=500, input_tokens=0,
                    output_tokens=0, task="reasoning", operation="explain")  # fmt: skip
        yield _Call(start + 2, "gpt-4o", f"Describe {name}", trace=name, task="reasoning", operation="explain")
        failed = _Call(start, "gpt-4o", f"Draft {self._name()}", trace=self._name(), status=504, input_tokens=400,
                       output_tokens=0, task="reasoning", operation="explain")  # fmt: skip
        self.expected.waste("failed_calls", failed.usd)
        yield failed

    def _cut_answer(self) -> Iterator[_Call]:
        name, start = self._name(), self._random.randrange(3000)
        cut = _Call(start, "gpt-4o", f"Write a tale of {name}", trace=name, output_tokens=256, finish="length",
                    task="reasoning", operation="tales")  # fmt: skip
        self.expected.waste("cut_answers", cut.usd)
        yield cut
        yield _Call(start + 20, "gpt-4o", f"Write a tale of {name}", trace=name, output_tokens=600, task="reasoning",
                    operation="tales")  # fmt: skip

    def _duplicates(self) -> Iterator[_Call]:
        for second in (100, 2000):
            call = _Call(second, "gpt-4o", "What are your opening hours on public holidays?", trace=self._name(),
                         user=self._name(), task="reasoning", operation="faq")  # fmt: skip
            if self._asked_before:
                self.expected.waste("duplicate_calls", call.usd)
            self._asked_before = True
            yield call

    def _session(self) -> Iterator[_Call]:
        name, start = self._name(), self._random.randrange(1000)
        for turn in range(10):
            size = 1000 * (turn + 1)
            if turn > 6:
                self.expected.waste("oversized_context", (size - 7000) * RATES["gpt-4o"][0] / _MILLION)
            yield _Call(start + 60 * turn, "gpt-4o", f"{self._name()} so what next", trace=self._name(), session=name,
                        input_tokens=size, task="reasoning", operation="assistant")  # fmt: skip

    def _uncached(self) -> Iterator[_Call]:
        start = 300 * self._random.randrange(12)
        system = "You answer for a shop. " + "Be kind, brief and exact in what you say. " * 120
        rate, cached, _ = RATES["gpt-4o"]
        for number in range(8):
            call = _Call(start + 30 * number, "gpt-4o", f"Answer {self._letters(5)}", system, input_tokens=1500,
                         trace=self._name(), task="reasoning", operation="shop")  # fmt: skip
            messages = json.dumps(_messages(call), separators=(",", ":"))
            if number:  # the prefix's tokens are reckoned from its share of the letters
                tokens = 1500 * len(system) // len(messages)
                self.expected.waste("missing_cache", tokens * (rate - (cached or rate)) / _MILLION)
            yield call

    def _nightly(self) -> Iterator[_Call]:
        rate, _, output_rate = RATES["gpt-4o"]
        for number in range(120):
            call = _Call(20 * number, "gpt-4o", f"Tag {self._name()} for the archive", trace=self._name(),
                         input_tokens=600, output_tokens=30, task="reasoning", operation="nightly-tags")  # fmt: skip
            self.expected.waste("batchable", (600 * rate + 30 * output_rate) / 2 / _MILLION)
            yield call

    def _storm(self) -> Iterator[_Call]:
        for prompt in range(20):
            name = self._name()
            for attempt in range(3):
                call = _Call(1200 + prompt / 10 + 15 * attempt, "gpt-4o", f"Check {name} now", trace=self._name(),
                             status=429, input_tokens=300, output_tokens=0, task="reasoning",
                             operation="checks")  # fmt: skip
                self.expected.waste("retry_storm" if attempt else "failed_calls", call.usd)
                yield call

    def _name(self) -> str:
        """Return a name of its own, of letters only: digits are no difference between prompts."""
        self._number += 1
        return "q" + self._letters(0)

    def _letters(self, width: int) -> str:
        """Return the current number in letters, at least so many of them."""
        if width:
            self._number += 1
        number, letters = self._number, ""
        while number:
            number, letter = divmod(number, 26)
            letters += _LETTERS[letter]
        return letters.ljust(width, "z") if width else letters

    def _line(self, hour: datetime, call: _Call) -> str:
        moment = hour + timedelta(seconds=call.second)
        record: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "trace_id": call.trace,
            "operation": call.operation,
            "team": "shop" if call.operation == "answers" else "lab",
            "provider": _PROVIDERS.get(call.model, "openai"),
            "request": {
                "model": call.model,
                "messages": _messages(call),
                "max_tokens": 1024,
            },
            "response": {
                "model": call.model,
                "choices": [{"index": 0, "finish_reason": call.finish}],
                "usage": {
                    "prompt_tokens": call.input_tokens,
                    "completion_tokens": call.output_tokens,
                    "total_tokens": call.input_tokens + call.output_tokens,
                    "prompt_tokens_details": {"cached_tokens": call.cached_tokens},
                },
            },
        }
        if call.task:
            record["task_type"] = call.task
        if call.session:
            record["session_id"] = call.session
        if call.user:
            record["user_id"] = call.user
        if call.status != 200:
            record["status_code"] = call.status
            record["error"] = {"code": str(call.status)}
        return json.dumps(record, separators=(",", ":")) + "\n"


def _messages(call: _Call) -> list[dict[str, str]]:
    system = [{"role": "system", "content": call.system}] if call.system else []
    return [*system, {"role": "user", "content": call.prompt}]


def main() -> None:
    """Write a log of as many rows to a file, and print what is to be found."""
    rows, file = int(sys.argv[1]), Path(sys.argv[2])
    expected = GeneratedLog(rows).write(file)
    print(f"{expected.rows:,} rows, ${expected.cost_usd:,.2f}")
    for name, calls in sorted(expected.calls.items()):
        print(f"{name:20} {calls:9,} calls  ${expected.wasted_usd.get(name, 0):,.6f}")


if __name__ == "__main__":
    main()
