"""Usage logs as they come: whole, broken, packed, mixed; and what their calls cost."""

from __future__ import annotations

import csv
import gzip
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from tests.llm.logs import CRASHLENS, OPTIONS, changed, mapped, problems_of, read, written
from tollbar.catalog.llm import LlmCatalog
from tollbar.errors import ConfigError, InputError
from tollbar.llm.column_mapping import read_mapping
from tollbar.llm.log_reader import read_log

if TYPE_CHECKING:
    from pathlib import Path

LINE = json.dumps(CRASHLENS).encode()
USAGE = CRASHLENS["usage"]
SAMPLES = {
    "anthropic_message": ("anthropic_message", 6197, 503, None),
    "anthropic_usage_report_bucket": ("anthropic_usage", 3200, 500, None),
    "bedrock_model_invocation_log": ("bedrock", 35, 446, None),
    "crashlens_langfuse_v1": ("crashlens", 12, 5, "0.00066"),
    "gemini_generate_content": ("gemini", 324, 1859, None),
    "helicone_request": ("helicone", 2006, 300, "0.005615"),
    "langfuse_blob_export_observations": ("langfuse_export", 2006, 300, "0.005615"),
    "langfuse_observation_api_v2": ("langfuse_api", 2006, 300, "0.005615"),
    "litellm_spendlogs": ("litellm_spend", 10, 20, "0.000225"),
    "litellm_standard_logging_payload": ("litellm_callback", 10, 20, "0.000225"),
    "openai_batch_output": ("openai_batch", 22, 2, None),
    "openai_chat_completion": ("openai_chat", 2006, 300, None),
    "openai_responses": ("openai_responses", 1036, 387, None),
    "openai_usage_completions_bucket": ("openai_usage", 1300, 700, None),
    "openrouter_usage": ("openrouter", 2006, 300, "0.005615"),
    "otel_genai_span_otlp": ("otel_span", 2006, 300, None),
}
"""Format, input and output tokens, and the cost that the log itself has, of each sample."""


def test_a_call_is_read_and_priced(tmp_path: Path) -> None:
    path = written(tmp_path, CRASHLENS)

    (call,) = read([path]).calls

    for name in ("prompt_hash", "near_hash"):
        assert call.pop(name) > 0
    assert call == {
        "call_id": 1,
        "source": str(path),
        "line": 1,
        "format": "crashlens",
        "time": datetime(2026, 11, 2, 10),  # noqa: DTZ001 -- DuckDB's TIMESTAMP
        "duration_ms": 2000.0,
        "trace_id": "t-1",
        "operation": "/translate",
        "provider": "openai",
        "model": "gpt-4o",
        "logged_model": "gpt-4o",
        "team": "growth",
        "status": "ok",
        "input_uncached": 100,
        "output_visible": 10,
        "input_tokens": 100,
        "output_tokens": 10,
        "requests": 1,
        "prompt_chars": 23,
        "prompt_excerpt": "Translate this sentence",
        "cost_usd": Decimal("0.00035"),
        "logged_cost_usd": Decimal("0.00035"),
    }


def test_all_samples_are_read(shared: Path) -> None:
    folder = shared / "llm" / "samples"

    # Some samples are of the same call; together with the others they would count as it once more.
    again = ("langfuse_blob_export_observations", "langfuse_observation_api_v2", "litellm_spendlogs")
    sets = [[name for name in SAMPLES if name not in again], *([name] for name in again)]
    found = [read([folder / f"{name}.jsonl" for name in names]) for names in sets]
    calls = [call for one in found for call in one.calls]

    told = {
        call["source"].rpartition("/")[2].removesuffix(".jsonl"): (
            call["format"],
            call["input_tokens"],
            call["output_tokens"],
            call.get("logged_cost_usd"),
        )
        for call in calls
        if call["status"] == "ok"
    }
    assert told == {
        name: (form, taken, given, None if usd is None else Decimal(usd))
        for name, (form, taken, given, usd) in SAMPLES.items()
    }
    assert [problem for one in found for problem in one.problems] == []
    same_call = sorted(call["cost_usd"] for call in calls if call.get("input_tokens") == 2006)
    assert same_call == [Decimal("0.003532"), *[Decimal("0.005615")] * 5]


@pytest.mark.parametrize(
    ("name", "mapping", "taken", "given"),
    [
        ("azure_llm_2023_code", "input_tokens=ContextTokens,output_tokens=GeneratedTokens,time=TIMESTAMP", 1, 2),
        ("azure_llm_2023_conv", "input_tokens=ContextTokens,output_tokens=GeneratedTokens,time=TIMESTAMP", 1, 2),
        ("vidur_arxiv_summarization", "input_tokens=num_prefill_tokens,output_tokens=num_decode_tokens", 0, 1),
        (
            "mooncake_conversation_trace",
            'time=timestamp_ms:ms,time_origin="2026-11-01",input_tokens=input_length,output_tokens=output_length',
            1,
            2,
        ),
    ],
)
def test_traces_add_up_to_an_independent_sum(shared: Path, name: str, mapping: str, taken: int, given: int) -> None:
    path = shared / "llm" / "traces" / f"{name}.csv.gz"
    with gzip.open(path, "rt", newline="") as file:
        rows = list(csv.reader(file))[1:]

    calls = read([path], mapped(f'{mapping},model="gpt-4o"')).calls

    sums = (sum(int(row[taken]) for row in rows), sum(int(row[given]) for row in rows))
    assert (len(calls), sum(c["input_tokens"] for c in calls), sum(c["output_tokens"] for c in calls)) == (
        len(rows),
        *sums,
    )
    assert sum(call["cost_usd"] for call in calls) == (sums[0] * Decimal("2.5") + sums[1] * 10) / 1_000_000
    assert [call["line"] for call in calls] == list(range(2, len(rows) + 2))


def test_a_utf_16_file_without_a_line_after_one_that_has_some(tmp_path: Path) -> None:
    whole = written(tmp_path, LINE)
    nothing = tmp_path / "nothing.jsonl"
    nothing.write_bytes(b"\xff\xfe")
    found = read([whole, nothing])
    assert (len(found.calls), found.problems) == (1, [])


def test_lines_of_a_log_that_is_read_in_parts(tmp_path: Path) -> None:
    # DuckDB reads parts of 16 MiB at once, by two threads.
    prompt = "a word and " * 100
    records = (
        changed(CRASHLENS, traceId=str(n), input={"model": "gpt-4o", "prompt": prompt}) for n in range(1, 40_001)
    )
    log = tmp_path / "log.jsonl"
    with log.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(record)}\n" for record in records)

    with read_log([str(log)], LlmCatalog, OPTIONS) as found:
        query = "SELECT count(*), count(*) FILTER (trace_id <> CAST(line AS VARCHAR)) FROM calls"
        assert found.connection.execute(query).fetchall() == [(40_000, 0)]


def test_what_is_wrong_is_told_by_line(tmp_path: Path) -> None:
    records: dict[Any, str | None] = {
        LINE: None,
        b"": None,
        b'{"a": 2': "broken_line",
        b"  ": None,
        b"no JSON": "broken_line",
        b"[1, 2]": "unknown_record",
        b'{"a": "\xff"}': "broken_line",
        b'{"a": "x\x00y"}': "broken_line",
        b"\x00": "broken_line",
        b'{"a": 1, "b": {"c": 2}}': "unknown_record",
        json.dumps(changed(CRASHLENS, usage=USAGE | {"prompt_tokens": -4})).encode(): "impossible_usage",
        json.dumps(changed(CRASHLENS, usage=USAGE | {"prompt_tokens": 10**30})).encode(): "impossible_usage",
        json.dumps(changed(CRASHLENS, usage=USAGE | {"prompt_tokens": float("nan")})).encode(): "impossible_usage",
        json.dumps(
            changed(CRASHLENS, usage=USAGE | {"prompt_tokens_details": {"cached_tokens": 101}})
        ).encode(): "impossible_usage",
        json.dumps(changed(CRASHLENS, usage=None)).encode(): "no_usage",
        json.dumps(changed(CRASHLENS, endTime="2026-11-02T09:59:59Z")).encode(): "ends_before_start",
        json.dumps(changed(CRASHLENS, startTime="2034-01-01T00:00:00Z", endTime=None)).encode(): "in_the_future",
        json.dumps(changed(CRASHLENS, startTime="yesterday")).encode(): "unreadable_time",
        json.dumps(changed(CRASHLENS, input={"model": "gpt-4o", "prompt": "x" * 2_000_000})).encode(): None,
        b'{"long": "' + b"x" * 20_000_000 + b'"}': "broken_line",
        LINE + b"\r": None,
    }

    found = read([written(tmp_path, *records)])

    assert [(problem["line"], problem["kind"]) for problem in found.problems] == [
        (line, kind) for line, kind in enumerate(records.values(), start=1) if kind
    ]
    assert [problem.get("detail") for problem in found.problems if problem["kind"] == "unknown_record"] == [
        "no JSON object",
        "a, b",
    ]
    unpriced = {call["line"] for call in found.calls if "cost_usd" not in call}
    assert unpriced == {11, 12, 13, 14, 15}
    assert all("input_tokens" not in call for call in found.calls if call["line"] in unpriced)
    assert [call["line"] for call in found.calls] == [1, *range(11, 20), 21]


def test_an_unknown_model_is_unpriced_never_free(tmp_path: Path) -> None:
    record = changed(CRASHLENS, input={"model": "house-model-7", "prompt": "p"})

    (call,) = read([written(tmp_path, record)]).calls

    assert (call["model"], call["input_tokens"], "cost_usd" in call) == ("house-model-7", 100, False)


def test_a_failed_call_without_tokens_is_no_problem(tmp_path: Path) -> None:
    pair = {"request": {"model": "gpt-4o", "messages": [{"role": "user", "content": "hi"}]},
            "response": {"error": {"code": "rate_limit_exceeded"}}, "time": "2026-11-02T10:00:00+02:00"}  # fmt: skip

    found = read([written(tmp_path, pair)])

    assert found.problems == []
    assert [(call["status"], call["error"], call["time"].hour) for call in found.calls] == [
        ("rate_limited", "rate_limit_exceeded", 8)
    ]


def test_an_answer_from_the_applications_cache_costs_nothing(tmp_path: Path) -> None:
    hit = {"call_type": "completion", "startTime": 1_795_236_437.98, "response_cost": 0.0, "model": "gpt-4o",
           "prompt_tokens": 10, "completion_tokens": 20, "cache_hit": True}  # fmt: skip

    assert [call["cost_usd"] for call in read([written(tmp_path, hit)]).calls] == [0]


def test_agents_and_tools_hold_the_tokens_of_their_calls(tmp_path: Path) -> None:
    usage = {"gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 10, "gen_ai.request.model": "gpt-4o"}
    agent = {"name": "invoke_agent", "attributes": {"gen_ai.operation.name": "invoke_agent", **usage}}
    call = {"name": "chat gpt-4o", "attributes": {"gen_ai.operation.name": "chat", **usage}}
    old = {
        "name": "chat",
        "attributes": {
            "gen_ai.system": "openai",
            "gen_ai.usage.prompt_tokens": "7",
            "gen_ai.usage.completion_tokens": "3",
            "gen_ai.response.model": "gpt-4o",
        },
    }

    found = read([written(tmp_path, agent, call, old)])

    assert [(c["line"], c["input_tokens"], c["output_tokens"]) for c in found.calls] == [(2, 100, 10), (3, 7, 3)]
    assert [(problem["line"], problem["kind"]) for problem in found.problems] == [(1, "no_call")]


def test_secrets_in_a_prompt_are_masked_and_hashes_fold_what_differs(tmp_path: Path) -> None:
    first = "Mail bob.x@example.com with sk-proj-abcdefghijk123, AKIAABCDEFGHIJKLMNOP, Bearer abc.def"
    prompts = [first, "Order 4711: where is it?", "order 4712:  Where is it", "Tell +49 170 1234567 about 12"]
    records = [changed(CRASHLENS, input={"model": "gpt-4o", "prompt": prompt}) for prompt in prompts]

    calls = read([written(tmp_path, *records)]).calls

    assert [call["prompt_excerpt"] for call in calls] == [
        "Mail [email] with [key], [key], [token]",
        "Order 4711: where is it?",
        "order 4712: Where is it",
        "Tell [number] about 12",
    ]
    assert calls[1]["near_hash"] == calls[2]["near_hash"]
    assert calls[1]["prompt_hash"] != calls[2]["prompt_hash"]


def test_a_file_may_be_packed_a_list_a_page_or_spread_over_lines(tmp_path: Path) -> None:
    two = [CRASHLENS, CRASHLENS]
    packed = gzip.compress(LINE + b"\n" + LINE)
    files = {
        "plain.jsonl": LINE + b"\n" + LINE,
        "bom.jsonl": b"\xef\xbb\xbf" + LINE + b"\r\n" + LINE + b"\r\n",
        "utf16.jsonl": (LINE.decode() + "\n" + LINE.decode() + "\n").encode("utf-16"),
        "packed.jsonl.gz": packed,
        "list.json": json.dumps(two, indent=2).encode(),
        "short.json": json.dumps(two).encode(),
        "page.json": json.dumps({"data": two, "meta": {"page": 1}}, indent=1).encode(),
        "page_line.json": json.dumps({"object": "list", "data": two}).encode(),
        "spread.json": json.dumps(CRASHLENS, indent=2).encode() * 2,
        "empty.jsonl": b"",
        "blank.jsonl": b"\n \n",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with duckdb.connect() as connection:
        table = f"(FROM read_json_auto('{tmp_path}/plain.jsonl'))"
        connection.execute(f"COPY {table} TO '{tmp_path}/table.parquet'")
        connection.execute(f"COPY {table} TO '{tmp_path}/packed.jsonl.zst' (FORMAT json, COMPRESSION zstd)")
    with (tmp_path / "table.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(CRASHLENS)
        values = [json.dumps(value) if isinstance(value, dict) else value for value in CRASHLENS.values()]
        rows.writerows([values, values])

    found = read([tmp_path])

    counts = dict.fromkeys([*files, "table.parquet", "table.csv", "packed.jsonl.zst"], 0)
    for call in found.calls:
        counts[call["source"].rpartition("/")[2]] = counts.get(call["source"].rpartition("/")[2], 0) + 1
    assert found.problems == []
    assert counts == dict.fromkeys(counts, 2) | {"empty.jsonl": 0, "blank.jsonl": 0}


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    packed = gzip.compress((LINE + b"\n") * 3000)
    (tmp_path / "cut.jsonl.gz").write_bytes(packed[: len(packed) // 2])

    found = read([tmp_path / "cut.jsonl.gz"])

    assert [problem["kind"] for problem in found.problems if problem["kind"] != "broken_line"] == ["broken_file"]
    assert 1000 < len(found.calls) < 3000


def test_broken_lines_of_a_csv_file_are_told(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("t,in,out\n2026-11-01,5,6\n2026-11-02,5\n2026-11-03,7,8,9\n\n2026-11-04,1,2\n", encoding="utf-8")

    found = read([path], mapped('time=t,input_tokens=in,output_tokens=out,model="gpt-4o"'))

    assert [(call["line"], call["input_tokens"]) for call in found.calls] == [(2, 5), (6, 1)]
    assert [(problem["line"], problem["kind"]) for problem in found.problems] == [
        (3, "broken_line"),
        (4, "broken_line"),
    ]


def test_times_are_known_by_their_size_or_form(tmp_path: Path) -> None:
    moments = [1_795_236_437, 1_795_236_437_000, 1_795_236_437_000_000, "1795236437000000000", "2026-11-21T04:47:17Z",
               "2026-11-21 04:47:17", "2026-11-21T05:47:17+01:00", 1_795_236_437.25]  # fmt: skip
    records = [changed(CRASHLENS, startTime=moment, endTime=None) for moment in moments]

    times = [str(call["time"]) for call in read([written(tmp_path, *records)]).calls]

    assert times == ["2026-11-21 04:47:17"] * 7 + ["2026-11-21 04:47:17.250000"]


def test_prices_are_those_of_the_logs_last_day_or_of_the_day_asked_for(tmp_path: Path) -> None:
    log = written(tmp_path, CRASHLENS, changed(CRASHLENS, startTime="2026-11-05T08:00:00Z", endTime=None))

    assert read([log]).prices_on == "2026-11-05"
    assert read([log], replace(OPTIONS, prices_on=date(2026, 1, 1))).prices_on == "2026-01-01"


def test_calls_of_another_time_are_left_out(tmp_path: Path) -> None:
    days = ["2026-11-01T23:59:59Z", "2026-11-02T00:00:00Z", "2026-11-02T23:59:59Z", "2026-11-03T00:00:00Z", None]
    log = written(tmp_path, *(changed(CRASHLENS, startTime=day, endTime=None) for day in days))

    options = replace(OPTIONS, since=datetime(2026, 11, 2, tzinfo=UTC), until=datetime(2026, 11, 3, tzinfo=UTC))

    assert [call["line"] for call in read([log], options).calls] == [2, 3]


def test_models_first_met_late_in_a_file_are_priced_too(tmp_path: Path) -> None:
    late = changed(CRASHLENS, input={"model": "gpt-4o-mini", "prompt": "p"})
    log = written(tmp_path, *[CRASHLENS] * 5000, late)

    calls = read([log]).calls

    assert (calls[-1]["model"], calls[-1]["cost_usd"]) == ("gpt-4o-mini", Decimal("0.000021"))
    assert sum(call["cost_usd"] for call in calls) == 5000 * Decimal("0.00035") + Decimal("0.000021")


def test_a_log_of_nothing_known_is_refused_with_the_keys_seen(tmp_path: Path) -> None:
    log = written(tmp_path, {"alpha": 1, "beta": 2}, b"no JSON")

    with pytest.raises(InputError) as refused:
        read([log])

    assert refused.value.message == f"{log}: none of 2 records is of a known format; they have the keys alpha, beta"
    assert "CrashLens logger (langfuse-v1)" in (refused.value.hint or "")


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ("input_tokns=a", "--columns: there is no column 'input_tokns'"),
        ("input_tokens", "--columns: expected column=field at 'input_tokens'"),
        ('model="gpt-4o"', "--columns: no field with tokens"),
        ("input_tokens=a,input_uncached=b", "--columns: input_uncached is what input_tokens leaves; map one of them"),
    ],
)
def test_mistakes_in_a_mapping_are_told(mapping: str, message: str) -> None:
    with pytest.raises(ConfigError) as refused:
        read_mapping(mapping)

    assert refused.value.message == message


def test_a_mapping_takes_totals_apart(tmp_path: Path) -> None:
    record = {"u": {"in": 100, "cached": 60, "out": 30, "thought": 20}, "m": "gpt-4o", "code": 429}
    file = tmp_path / "columns.yml"
    file.write_text(
        "input_tokens: u.in\ncache_read: u.cached\noutput_tokens: u.out\nreasoning: u.thought\nmodel: m\n"
        "status: code\nteam: {value: search}\n",
        encoding="utf-8",
    )

    (call,) = read([written(tmp_path, record)], mapped(str(file))).calls

    names = ("input_uncached", "cache_read", "output_visible", "reasoning", "model", "status", "team")
    assert [call[name] for name in names] == [40, 60, 10, 20, "gpt-4o", "rate_limited", "search"]


def test_the_helper_tells_problems(tmp_path: Path) -> None:
    assert problems_of(tmp_path, CRASHLENS, b"{") == [(2, "broken_line")]


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "0", "-5", "1e300"])
def test_a_time_that_no_call_can_have_is_none(tmp_path: Path, time: str) -> None:
    found = read([written(tmp_path, changed(CRASHLENS, startTime=time, endTime=None))])

    assert [(call.get("time"), call["cost_usd"]) for call in found.calls] == [(None, Decimal("0.00035"))]
    assert [(problem["line"], problem["kind"]) for problem in found.problems] == [(1, "unreadable_time")]


def test_a_time_ahead_does_not_end_the_log(tmp_path: Path) -> None:
    path = written(tmp_path, CRASHLENS, changed(CRASHLENS, startTime="2099-01-01T00:00:00Z", endTime=None))

    assert [call.get("time") for call in read([path]).calls] == [datetime(2026, 11, 2, 10), None]  # noqa: DTZ001
    since = replace(OPTIONS, since=datetime(2026, 11, 1, tzinfo=UTC))
    assert [call["line"] for call in read([path], since).calls] == [1]


def test_a_mapped_time_beyond_all_clocks_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("at,in\n1795236437,7\n1e30,8\nx,9\n", encoding="utf-8")

    found = read([path], mapped('time=at:s,input_tokens=in,model="gpt-4o"'))

    assert [(call["input_tokens"], "time" in call) for call in found.calls] == [(7, True), (8, False), (9, False)]
    assert [(problem["line"], problem["kind"]) for problem in found.problems] == [
        (3, "unreadable_time"),
        (4, "unreadable_time"),
    ]


def test_a_file_is_read_once_by_whatever_path(tmp_path: Path) -> None:
    path = written(tmp_path, CRASHLENS)
    (tmp_path / "link.jsonl").symlink_to(path)

    assert len(read([path, tmp_path / "." / ".." / tmp_path.name / "log.jsonl", tmp_path]).calls) == 1


@pytest.mark.parametrize("task", ["Basic Q and A", "basic-q-and-a", " BASIC_Q_AND_A "])
def test_a_task_is_named_as_policies_name_it(tmp_path: Path, task: str) -> None:
    (call,) = read([written(tmp_path, changed(CRASHLENS, metadata={"task_type": task}))]).calls

    assert call["task_type"] == "basic_q_and_a"


def test_no_tokens_and_a_cost_are_no_call_for_nothing(tmp_path: Path) -> None:
    nothing = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
    path = written(tmp_path, changed(CRASHLENS, usage=nothing, cost=0.04), changed(CRASHLENS, usage=nothing, cost=0))

    found = read([path])

    assert [(call.get("input_tokens"), call.get("cost_usd")) for call in found.calls] == [(None, None), (0, 0)]
    assert [(problem["line"], problem["kind"]) for problem in found.problems] == [(1, "no_usage")]


def _answer(**told: Any) -> dict[str, Any]:
    usage = {"prompt_tokens": 100, "completion_tokens": 10}
    return {"id": "c-1", "object": "chat.completion", "created": 1795236437, "model": "gpt-4o", "usage": usage} | told


def test_a_call_that_was_logged_twice_counts_once(tmp_path: Path) -> None:
    later = {"prompt_tokens": 100, "completion_tokens": 11}
    asked = {"request": {"messages": [{"role": "user", "content": "Hello"}]}, "response": _answer()}
    records = [
        _answer(),  # again in line 6, with its prompt
        _answer(id="c-2"),
        _answer(created=1795236537),  # an id used again, later
        _answer(usage=later),  # or for another answer
        _answer(id=None),
        asked,
        _answer(id=None),
        _answer(id="c-2"),
    ]

    found = read([written(tmp_path, *records)])

    assert sorted(call["line"] for call in found.calls) == [2, 3, 4, 5, 6, 7]
    assert [(problem["line"], problem["kind"]) for problem in found.problems] == [
        (1, "repeated_call"),
        (8, "repeated_call"),
    ]


def test_a_gateways_callback_and_its_spend_log_are_one_call(shared: Path) -> None:
    both = ["litellm_spendlogs", "litellm_standard_logging_payload"]

    found = read([shared / "llm" / "samples" / f"{name}.jsonl" for name in both])

    assert [(call["format"], call["cost_usd"]) for call in found.calls] == [("litellm_callback", Decimal("0.000225"))]


def test_a_column_with_a_dot_in_its_name_is_mapped(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("model name,usage.in,usage.out\ngpt-4o,100,10\n", encoding="utf-8")

    (call,) = read([path], mapped("input_tokens=usage.in,output_tokens=usage.out,model=model name")).calls

    assert (call["input_tokens"], call["output_tokens"], call["cost_usd"]) == (100, 10, Decimal("0.00035"))


def test_a_mapped_column_that_no_table_has_is_a_mistake(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("at,model,in,team\n1795236437,gpt-4o,7,search\n", encoding="utf-8")
    second.write_text("at,model,in\n1795236437,gpt-4o,8\n", encoding="utf-8")

    calls = read([first, second], mapped("input_tokens=in,model=model,team=team,time=at")).calls
    assert [call.get("team") for call in calls] == ["search", None]
    with pytest.raises(ConfigError, match="--columns: there is no column 'modle'") as refused:
        read([first, second], mapped("input_tokens=in,model=modle"))
    assert refused.value.hint == "Did you mean 'model'?"


def test_broken_files_stop_no_scan_and_are_told(tmp_path: Path) -> None:
    whole = gzip.compress(b"\n".join([LINE] * 9) + b"\n")
    table = gzip.compress(b"model,in\n" + b"".join(b"gpt-4o,%d\n" % number for number in range(3000)))
    files = {
        "cut.jsonl.gz": whole[:-12],
        "damaged.jsonl.gz": whole[:40] + b"\xff" * 20 + whole[60:],
        "head.jsonl.gz": whole[:5],
        "cut.csv.gz": table[:-12],
        "cut.parquet": b"PAR1 and no more",
        "good.jsonl": LINE + b"\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)

    found = read([tmp_path / name for name in files], mapped("input_tokens=in,model=model"))

    broken = {problem["source"].rpartition("/")[2] for problem in found.problems if problem["kind"] == "broken_file"}
    assert broken == set(files) - {"good.jsonl"}
    counts = {name: sum(call["source"].endswith(name) for call in found.calls) for name in files}
    assert counts["good.jsonl"] == 1
    assert counts["cut.jsonl.gz"] >= 8
    assert counts["cut.csv.gz"] >= 2990
    for name in ("head.jsonl.gz", "cut.parquet"):
        with pytest.raises(InputError, match=rf"{name}: cannot be read"):
            read([tmp_path / name])
