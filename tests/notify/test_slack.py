"""Findings to Slack: what a message says, where it goes, that none goes twice, and that nothing of it is a verdict."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.notify.slack_server import Slack, slack_server
from tollbar.cli.app import main
from tollbar.decision import Decision, Finding, FindingLocation
from tollbar.errors import ConfigError
from tollbar.notify.sent_messages import SentMessages
from tollbar.notify.slack import (
    VARIABLE,
    Patience,
    Sending,
    is_told,
    link_of,
    notify,
    require_channel,
    variable_of,
)
from tollbar.notify.slack_message import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SUBJECT = Subject("payments", "production", "17", "https://ci.example/jobs/1")
SECRET = "secretsecret"  # noqa: S105 -- the end of the stand-in's address
QUICK = Patience(first=0.001)


@pytest.fixture
def slack() -> Iterator[Slack]:
    """A stand-in for Slack."""
    with slack_server() as server:
        yield server


class _Run:
    """A run: what it is told of, and what it warned of."""

    def __init__(self, folder: Path, environment: Mapping[str, str], clock: float = 0.0) -> None:
        self.now = clock
        self.warnings: list[str] = []
        self.environment = environment
        self.sent = SentMessages(folder / "cache" / "slack.json", clock=lambda: self.now)

    def notify(self, *findings: Finding, subject: Subject = SUBJECT) -> int:
        sending = Sending(self.sent, QUICK)
        return notify(_decision(*findings), subject, self.environment, sending, self.warnings.append)


def _decision(*findings: Finding) -> Decision:
    return Decision(outcome="deny", findings=findings, revision="1")


def _finding(**more: Any) -> Finding:
    told = {
        "code": "TB301",
        "rule": "model_overkill",
        "title": "t",
        "severity": "error",
        "msg": "[TB301] workload.bot uses gpt-4 for <summarization> & more.",
        "resource": "workload.bot",
        "remediation": "Use gpt-4o-mini.",
        "policy": "prevent-model-overkill",
        "saving": 357.0,
        "_loc": FindingLocation(file="app.py", line=3),
    }
    return Finding.model_validate(told | more)


def test_a_message_tells_policy_place_dollars_and_fix(slack: Slack, tmp_path: Path) -> None:
    run = _Run(tmp_path, {VARIABLE: slack.webhook()})
    assert run.notify(_finding()) == 1
    assert run.warnings == []
    assert slack.messages == [
        {
            "text": "Denied by cost policy: payments (1 finding)",
            "blocks": [
                {
                    "type": "header",
                    "text": {"type": "plain_text", "text": "Denied by cost policy: payments", "emoji": False},
                },
                {
                    "type": "context",
                    "elements": [
                        {
                            "type": "mrkdwn",
                            "text": "production · pull request 17 · <https://ci.example/jobs/1|details>",
                            "verbatim": True,
                        }
                    ],
                },
                {
                    "type": "section",
                    "text": {
                        "type": "mrkdwn",
                        "text": ":no_entry: *TB301 prevent-model-overkill* workload.bot `app.py:3`\n"
                        "uses gpt-4 for &lt;summarization&gt; &amp; more.\nUse gpt-4o-mini. Saves $357.00 a month.",
                        "verbatim": True,
                    },
                },
            ],
        }
    ]


def test_notes_are_no_reason_to_write(slack: Slack, tmp_path: Path) -> None:
    assert _Run(tmp_path, {VARIABLE: slack.webhook()}).notify(_finding(severity="info")) == 0
    assert slack.messages == []


def test_long_lists_and_texts_keep_to_slacks_limits(slack: Slack, tmp_path: Path) -> None:
    run = _Run(tmp_path, {VARIABLE: slack.webhook()})
    findings = [_finding(resource=f"workload.{n}", msg=f"[TB301] {'x' * 5000}") for n in range(30)]
    assert run.notify(*findings, subject=Subject("n" * 300, "dev")) == 1
    assert run.warnings == []
    (message,) = slack.messages
    assert len(message["blocks"]) == 11
    assert message["blocks"][-1]["elements"][0]["text"] == "and 22 more"


def test_each_channel_has_a_webhook_of_its_own(slack: Slack, tmp_path: Path) -> None:
    environment = {
        VARIABLE: slack.webhook("default"),
        "TOLLBAR_SLACK_WEBHOOK_URL_FINOPS_LLM_ALERTS": slack.webhook("finops"),
    }
    run = _Run(tmp_path, environment)
    finops, sre = _finding(alert_channel="#finops-llm-alerts"), _finding(line=2, alert_channel="#eng-sre-alerts")
    assert run.notify(finops, sre) == 2
    assert set(slack.posted) == {"/services/finops", "/services/default"}
    (to_default,) = slack.posted["/services/default"]
    assert to_default["blocks"][2]["text"]["text"].splitlines()[0].endswith("`app.py:3` #eng-sre-alerts")
    (to_finops,) = slack.posted["/services/finops"]
    assert "#" not in to_finops["blocks"][2]["text"]["text"]


def test_channels_of_one_webhook_share_a_message(slack: Slack, tmp_path: Path) -> None:
    run = _Run(tmp_path, {VARIABLE: slack.webhook()})
    assert run.notify(_finding(alert_channel="#a"), _finding(policy="b", alert_channel="#b")) == 1
    assert len(slack.messages) == 1


@pytest.mark.parametrize(
    ("later", "more", "messages"),
    [
        (0, {}, 1),
        (0, {"msg": "[TB301] workload.bot uses gpt-4 for other words.", "saving": 1.0}, 1),
        (24 * 3600 - 1, {}, 1),
        (24 * 3600, {}, 2),
        (0, {"resource": "workload.other"}, 2),
        (0, {"policy": "other"}, 2),
        (0, {"severity": "warning"}, 2),
    ],
)
def test_what_was_told_is_not_told_again_within_a_day(
    later: float, more: dict[str, Any], messages: int, slack: Slack, tmp_path: Path
) -> None:
    for when, told in ((0.0, {}), (later, more)):
        _Run(tmp_path, {VARIABLE: slack.webhook()}, clock=when).notify(_finding(**told))
    assert len(slack.messages) == messages


def test_another_pull_request_is_told_of_its_own(slack: Slack, tmp_path: Path) -> None:
    run = _Run(tmp_path, {VARIABLE: slack.webhook()})
    run.notify(_finding())
    assert run.notify(_finding(), subject=Subject("payments", "production", "18")) == 1


def test_what_could_not_be_sent_is_sent_next_time(slack: Slack, tmp_path: Path) -> None:
    run = _Run(tmp_path, {VARIABLE: slack.webhook()})
    slack.answers = [(404, "no_service", {})]
    assert (run.notify(_finding()), run.notify(_finding())) == (0, 1)


def test_a_cache_that_cannot_be_read_or_written_is_as_good_as_none(slack: Slack, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, where a folder is wanted", encoding="utf-8")
    run = _Run(tmp_path, {VARIABLE: slack.webhook()})
    assert (run.notify(_finding()), run.notify(_finding()), run.warnings) == (1, 1, [])


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"a": "b"}'])
def test_a_broken_cache_is_begun_anew(kept: str, slack: Slack, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "slack.json").write_text(kept, encoding="utf-8")
    run = _Run(tmp_path, {VARIABLE: slack.webhook()})
    assert (run.notify(_finding()), run.notify(_finding()), run.warnings) == (1, 0, [])


@pytest.mark.parametrize(
    ("answers", "messages", "warning"),
    [
        ([(429, "rate_limited", {"Retry-After": "0"})], 1, None),
        ([(503, "", {})], 1, None),
        ([(429, "rate_limited", {"Retry-After": "0"})] * 3, 0, "Slack's rate limit is used up, after 3 tries"),
        ([(429, "rate_limited", {"Retry-After": "61"})], 0, "Slack's rate limit is used up for 61 seconds"),
        ([(500, "secretsecret", {})] * 3, 0, "it answers HTTP 500, after 3 tries"),
        (
            [(404, "no_service", {})],
            0,
            "HTTP 404, no_service: the webhook was removed or disabled: make a new one",
        ),
        ([(400, "invalid_blocks", {})], 0, "HTTP 400, invalid_blocks"),
        ([(403, "<html>secretsecret</html>", {})], 0, "HTTP 403, an answer that is not Slack's"),
        ([(302, "", {"Location": "http://127.0.0.1:1/"})], 0, "HTTP 302, an answer that is not Slack's"),
    ],
)
def test_what_slack_answers(
    answers: list[tuple[int, str, dict[str, str]]], messages: int, warning: str | None, slack: Slack, tmp_path: Path
) -> None:
    slack.answers = list(answers)
    run = _Run(tmp_path, {VARIABLE: slack.webhook()})
    assert run.notify(_finding()) == messages
    assert run.warnings == ([] if warning is None else [f"Slack was not notified ({VARIABLE}): {warning}"])


@pytest.mark.parametrize(
    ("value", "warning"),
    [
        ("http://hooks.slack.com/secretsecret", f"{VARIABLE} is not an https address"),
        ("secretsecret", f"{VARIABLE} is not an https address"),
        ("", f"set {VARIABLE} to the URL of an incoming webhook, or {VARIABLE}_FILE to its file"),
    ],
)
def test_without_a_good_address_nothing_is_sent(value: str, warning: str, tmp_path: Path) -> None:
    run = _Run(tmp_path, {VARIABLE: value})
    assert run.notify(_finding()) == 0
    assert run.warnings[0] == f"Slack was not notified: {warning}"
    assert SECRET not in " ".join(run.warnings)


def test_the_address_may_stand_in_a_file(slack: Slack, tmp_path: Path) -> None:
    (tmp_path / "webhook").write_text(f"{slack.webhook()}\n", encoding="utf-8")
    assert _Run(tmp_path, {f"{VARIABLE}_FILE": str(tmp_path / "webhook")}).notify(_finding()) == 1
    run = _Run(tmp_path, {f"{VARIABLE}_FILE": str(tmp_path / "none")})
    assert run.notify(_finding(resource="other")) == 0
    assert run.warnings[0] == f"the file that {VARIABLE}_FILE names cannot be read"


def test_the_address_is_shown_nowhere(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    run = _Run(tmp_path, {VARIABLE: f"http://127.0.0.1:1/services/{SECRET}"})
    assert run.notify(_finding()) == 0
    assert run.warnings == [f"Slack was not notified ({VARIABLE}): it cannot be reached (ConnectError), after 3 tries"]
    assert SECRET not in caplog.text


def test_a_defect_is_a_warning(tmp_path: Path) -> None:
    def broken(_: httpx2.Request) -> httpx2.Response:
        raise ZeroDivisionError(SECRET)

    warnings: list[str] = []
    sending = Sending(SentMessages(tmp_path / "s.json"), QUICK, httpx2.MockTransport(broken))
    environment = {VARIABLE: "https://hooks.slack.com/services/x"}
    assert notify(_decision(_finding()), SUBJECT, environment, sending, warnings.append) == 0
    assert warnings == ["Slack was not notified: ZeroDivisionError"]


def test_small_things() -> None:
    assert variable_of("#finops-llm-alerts") == "TOLLBAR_SLACK_WEBHOOK_URL_FINOPS_LLM_ALERTS"
    run = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "o/r", "GITHUB_RUN_ID": "5"}
    assert link_of(run) == "https://github.com/o/r/actions/runs/5"
    assert link_of({"CI_JOB_URL": "https://gitlab.example/j"}) == "https://gitlab.example/j"
    assert link_of({"BUILD_URL": "javascript:x|y"}) is None
    with pytest.raises(ConfigError, match="--notify 'teams' is not known; known: slack"):
        require_channel(["slack", "teams"])


@pytest.mark.parametrize("fails", [False, True])
def test_a_check_tells_slack_and_keeps_its_verdict(
    fails: bool,  # noqa: FBT001 -- a case
    slack: Slack,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "workloads.yml").write_text(
        "workloads:\n  - {name: bot, model: gpt-4, calls_per_month: 1000, input_tokens: 400, output_tokens: 100, "
        "task_type: summarization, max_output_tokens: 100}\n",
        encoding="utf-8",
    )
    (tmp_path / "crashlens.yml").write_text(
        "version: 1\npolicies:\n  - enforce: small-models\n    rules:\n      - {task_type: summarization, "
        'disallowed_models: [gpt-4], suggest_fallback: gpt-4o-mini, alert_channel: "#finops"}\n'
        "    actions: [block_pr, slack_notify]\n",
        encoding="utf-8",
    )
    (tmp_path / "tollbar.yml").write_text("version: 1\nproject: chat\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOLLBAR_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv(variable_of("#finops"), slack.webhook())
    slack.answers = [(404, "no_service", {})] if fails else []
    assert main(["check", "workloads.yml", "--notify", "slack", "--now", "2026-11-21T12:00:00Z"]) == 1
    printed = capsys.readouterr()
    assert printed.out.endswith("exit 1\n")
    assert ("warning: Slack was not notified" in printed.err) == fails
    assert [message["text"] for message in slack.messages] == (
        [] if fails else ["Denied by cost policy: chat (1 finding)"]
    )


@pytest.mark.parametrize(
    ("severity", "facts", "told"),
    [
        ("warning", {"policy": "a", "notify": True}, True),
        ("warning", {"policy": "a"}, True),
        ("error", {"policy": "a", "notify": False}, False),
        ("info", {"policy": "a", "notify": True}, False),
        ("error", {}, True),
        ("approval", {}, True),
        ("warning", {}, False),
        ("warning", {"notify": True}, True),
        ("error", {"notify": False}, False),
    ],
)
def test_who_is_told(severity: str, facts: dict[str, Any], told: bool) -> None:  # noqa: FBT001 -- a case
    finding = {"code": "TB301", "rule": "r", "title": "t", "severity": severity, "msg": "m"}
    assert is_told(Finding.model_validate(finding | facts)) == told


@pytest.fixture
def two_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose policy tells one channel of its models and nobody of its retries, and a call that breaks both."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "bot.py").write_text(
        "from openai import OpenAI\n\nclient = OpenAI(max_retries=9)\n\n\ndef bot(text):\n"
        "    return client.chat.completions.create(model='gpt-4', max_tokens=100, messages=text)\n",
        encoding="utf-8",
    )
    (tmp_path / "calls.jsonl").write_text(
        '{"id": "chatcmpl-1", "object": "chat.completion", "created": 1793700000, "model": "gpt-4-0613", "choices": '
        '[{"index": 0, "finish_reason": "stop"}], "usage": {"prompt_tokens": 400, "completion_tokens": 90, '
        '"total_tokens": 490}}\n',
        encoding="utf-8",
    )
    (tmp_path / "crashlens.yml").write_text(
        "version: 1\npolicies:\n  - enforce: bots\n    rules:\n"
        '      - {disallowed_models: [gpt-4], alert_channel: "#finops", actions: [slack_notify]}\n'
        '      - {max_retries: 3, alert_channel: "#sre", actions: [block_pr]}\n',
        encoding="utf-8",
    )
    (tmp_path / "tollbar.yml").write_text("version: 1\nproject: chat\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOLLBAR_CACHE", str(tmp_path / "cache"))
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (["code", "src"], 1),
        (["scan", "calls.jsonl", "--policy", "crashlens.yml"], 0),
    ],
)
@pytest.mark.usefixtures("two_rules")
def test_the_rules_of_one_policy_tell_whom_they_name(
    arguments: list[str], exit_code: int, slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, slack.webhook("default"))
    monkeypatch.setenv(variable_of("#finops"), slack.webhook("finops"))
    monkeypatch.setenv(variable_of("#sre"), slack.webhook("sre"))
    assert main([*arguments, "--notify", "slack", "--now", "2026-11-21T12:00:00Z"]) == exit_code
    assert set(slack.posted) == {"/services/finops"}
    (sent,) = slack.messages
    assert [block["text"]["text"].split("*")[1] for block in sent["blocks"][2:]] == ["TB301 bots"]


@pytest.mark.parametrize("command", ["code", "scan"])
def test_what_cannot_be_notified_is_refused(command: str, two_rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, str(two_rules / "calls.jsonl"), "--notify", "teams"]) == 3
    assert "--notify 'teams' is not known; known: slack" in capsys.readouterr().err
