"""Findings to Slack through incoming webhooks: one message a channel and run, none twice, and never a verdict.

An incoming webhook of a Slack app posts to the channel it was made for: "You cannot override the default channel"
(docs.slack.dev, Sending messages using incoming webhooks, looked up 2026-11-26). So each alert channel needs a webhook
of its own; without one its findings go to the default webhook, and the message names the channel. A webhook's URL is a
secret: it is read from the environment or a file, and stands in no message of ours.

Slack asks for no more than one message a second (docs.slack.dev, Rate limits): a run sends one to each webhook, waits
as long as an answer 429 says in Retry-After, and gives up after a minute. What fails is a warning.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tollbar.notify.sent_messages import SentMessages
from tollbar.notify.slack_message import Subject, channel_of, message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import httpx2

    from tollbar.decision import Decision, Finding

VARIABLE = "TOLLBAR_SLACK_WEBHOOK_URL"
_BLOCKING = {"error", "approval"}
_NOTIFIED = {*_BLOCKING, "warning"}
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_OK, _TOO_MANY, _SERVER_ERROR = 200, 429, 500
_TIMEOUT_SECONDS = 10.0
_KNOWN_ANSWERS = {
    "invalid_payload": "the message is not as Slack wants it: please report this",
    "no_service": "the webhook was removed or disabled: make a new one",
    "no_team": "the webhook's workspace is gone",
    "channel_not_found": "the webhook's channel is gone",
    "channel_is_archived": "the webhook's channel is archived",
    "action_prohibited": "an administrator forbids messages there",
    "posting_to_general_channel_denied": "an administrator forbids messages there",
    "user_not_found": "the user that made the webhook is gone",
}
"""Slack's error strings that say what to do; any other is shown by its name alone where it is a plain word."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where to post, by the name of the variable that tells; the URL is shown nowhere."""

    variable: str
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a message is tried, the first wait, and the longest that Slack may ask for: seconds."""

    attempts: int = 3
    first: float = 1.0
    longest_asked: float = 60.0


@dataclass(frozen=True, slots=True)
class Sending:
    """How messages leave: ``transport`` and ``sent`` stand for the network and what was sent before."""

    sent: SentMessages
    patience: Patience = Patience()
    transport: httpx2.BaseTransport | None = None


def notify(
    decision: Decision,
    subject: Subject,
    environment: Mapping[str, str],
    sending: Sending,
    warn: Callable[[str], None],
) -> int:
    """Send the findings that somebody is to be told of, and return how many messages were sent.

    Nothing that goes wrong is raised: ``warn`` hears of it.
    """
    try:
        return _notified(decision, subject, environment, sending, warn)
    except Exception as error:  # noqa: BLE001 -- a message that cannot be sent must never change a verdict
        warn(f"Slack was not notified: {type(error).__name__}")
        return 0


def _notified(
    decision: Decision,
    subject: Subject,
    environment: Mapping[str, str],
    sending: Sending,
    warn: Callable[[str], None],
) -> int:
    found = [finding for finding in decision.findings if is_told(finding)]
    new = [finding for finding in found if sending.sent.is_new(_key(finding, subject))]
    parts: dict[str, tuple[Webhook, list[Finding]]] = {}
    for finding in new:
        webhook = _webhook(channel_of(finding), environment, warn)
        if webhook is not None:
            parts.setdefault(webhook.url, (webhook, []))[1].append(finding)
    messages = 0
    for webhook, findings in parts.values():
        content = message(findings, decision.outcome, subject, names_channels=webhook.variable == VARIABLE)
        problem = _post(webhook, content, sending)
        if problem is not None:
            warn(f"Slack was not notified ({webhook.variable}): {problem}")
            continue
        messages += 1
        sending.sent.add(_key(finding, subject) for finding in findings)
    if new and not parts:
        warn(
            f"Slack was not notified: set {VARIABLE} to the URL of an incoming webhook, or {VARIABLE}_FILE to its file"
        )
    return messages


def is_told(finding: Finding) -> bool:
    """Whether anybody is to be told: of a policy's finding unless its case says no, of any other where it blocks."""
    facts = finding.model_extra or {}
    if "notify" in facts or "policy" in facts:
        return facts.get("notify", True) is True and finding.severity in _NOTIFIED
    return finding.severity in _BLOCKING


def variable_of(channel: str) -> str:
    """Return the variable with the webhook of a channel: of #finops-llm, TOLLBAR_SLACK_WEBHOOK_URL_FINOPS_LLM."""
    return f"{VARIABLE}_{re.sub(r'[^A-Z0-9]+', '_', channel.upper()).strip('_')}"


def _webhook(channel: str, environment: Mapping[str, str], warn: Callable[[str], None]) -> Webhook | None:
    """Return the webhook of a channel, else the default one; None where neither is set, or it is no address."""
    for variable in dict.fromkeys((variable_of(channel) if channel else VARIABLE, VARIABLE)):
        url = _secret(variable, environment, warn)
        if url is None:
            continue
        parts = urlsplit(url)
        if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            return Webhook(variable, url)
        warn(f"Slack was not notified: {variable} is not an https address")
        return None
    return None


def _secret(variable: str, environment: Mapping[str, str], warn: Callable[[str], None]) -> str | None:
    """Return the value of a variable, or what stands in the file that VARIABLE_FILE names."""
    if value := environment.get(variable, "").strip():
        return value
    named = environment.get(f"{variable}_FILE")
    if not named:
        return None
    try:
        return Path(named).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        warn(f"the file that {variable}_FILE names cannot be read")
        return None


def _key(finding: Finding, subject: Subject) -> tuple[str, ...]:
    """Return what makes a finding the same one: not its figures, which change with every commit."""
    policy = (finding.model_extra or {}).get("policy", "")
    return (
        subject.name,
        subject.pull_request or "",
        finding.code,
        finding.resource or "",
        str(policy),
        finding.severity,
    )


class _NotNowError(Exception):
    """An answer, or none, after which it is worth trying again; ``wait`` is the seconds asked for."""

    def __init__(self, what: str, wait: float | None = None) -> None:
        super().__init__(what)
        self.wait = wait


def _post(webhook: Webhook, payload: Mapping[str, object], sending: Sending) -> str | None:
    """Send a message, and return what went wrong, None where nothing did."""
    try:
        import stamina  # noqa: PLC0415 -- an extra
    except ImportError:
        return "this needs the extra `slack`: pip install 'tollbar[slack]'"
    patience = sending.patience
    stamina.instrumentation.set_on_retry_hooks([])  # its log would name what was sent
    retrying = stamina.RetryingCaller(
        attempts=patience.attempts, timeout=None, wait_initial=patience.first, wait_max=patience.longest_asked,
        wait_jitter=0,
    )  # fmt: skip
    try:
        return retrying(_waiting, lambda: _posted(webhook, payload, sending))
    except _NotNowError as error:
        return f"{error}, after {patience.attempts} tries"


def _posted(webhook: Webhook, payload: Mapping[str, object], sending: Sending) -> str | None:
    import httpx2  # noqa: PLC0415 -- an extra

    try:
        with httpx2.Client(timeout=_TIMEOUT_SECONDS, transport=sending.transport, follow_redirects=False) as client:
            response = client.post(webhook.url, json=payload, headers={"User-Agent": "tollbar"})
    except httpx2.TransportError as error:
        raise _NotNowError(f"it cannot be reached ({type(error).__name__})") from None
    except httpx2.InvalidURL:
        return "the variable holds no address"
    if response.status_code == _OK:
        return None
    if response.status_code == _TOO_MANY:
        wait = _asked(response.headers.get("retry-after", ""))
        if wait is not None and wait > sending.patience.longest_asked:
            return f"Slack's rate limit is used up for {wait:.0f} seconds"
        raise _NotNowError("Slack's rate limit is used up", wait)
    if response.status_code >= _SERVER_ERROR:
        raise _NotNowError(f"it answers HTTP {response.status_code}")
    return _said(response.text, response.status_code)


def _waiting(error: Exception) -> bool | float:
    if isinstance(error, _NotNowError):
        return error.wait if error.wait is not None else True
    return False


def _asked(text: str) -> float | None:
    return float(text) if text.strip().isdecimal() else None


def _said(answer: str, status: int) -> str:
    """Return what Slack's answer means; a text that is no error string of Slack's is not shown."""
    code = answer.strip()
    plain = code if re.fullmatch(r"[a-z_]{1,60}", code) else "an answer that is not Slack's"
    return f"HTTP {status}, {plain}" + (f": {_KNOWN_ANSWERS[code]}" if code in _KNOWN_ANSWERS else "")


def link_of(environment: Mapping[str, str]) -> str | None:
    """Return the address of the CI job, where its system tells it (GitHub Actions, GitLab, Jenkins)."""
    server, repository, run = (
        environment.get(name) for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID")
    )
    link = f"{server}/{repository}/actions/runs/{run}" if server and repository and run else None
    link = link or environment.get("CI_JOB_URL") or environment.get("BUILD_URL")
    return link if link and re.fullmatch(r"https?://[^\s|<>]+", link) else None


def require_channel(names: Sequence[str]) -> None:
    """Do nothing where ``--notify`` names what can be notified.

    Raises:
        ConfigError: It names something else.
    """
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- only an error path needs it

    for name in names:
        if name != "slack":
            raise ConfigError(f"--notify {name!r} is not known; known: slack")


def sent_before(environment: Mapping[str, str] = os.environ) -> SentMessages:
    """Return what was sent before, kept in the user's cache or as TOLLBAR_CACHE says."""
    named = environment.get("TOLLBAR_CACHE")
    if named:
        return SentMessages(Path(named) / "slack.json")
    from platformdirs import user_cache_path  # noqa: PLC0415 -- only where the environment names no folder

    return SentMessages(user_cache_path("tollbar") / "slack.json")
