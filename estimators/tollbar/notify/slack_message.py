"""A Slack message about findings, in Block Kit: the policy, what, where, the dollars, the fix, a link.

Limits are those of Slack's Block Kit reference (looked up 2026-11-26): 150 characters in a header, 3,000 in a section,
50 blocks. Text of files is escaped as Slack asks (&, <, >), so that none of it becomes a mention or a link.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tollbar.money import format_usd
from tollbar.report.wording import message_of, place_of, saving_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.decision import Finding, Outcome

_SHOWN = 8
_HEADER = 150
_SECTION = 2_900
_MARKS = {"error": ":no_entry:", "approval": ":raised_hand:", "warning": ":warning:"}
_TITLES: dict[Outcome, str] = {
    "deny": "Denied by cost policy",
    "needs_approval": "Needs an approval of its cost",
    "warn": "Warned by cost policy",
    "allow": "Cost policy",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What was judged: the deployment's name, its environment, the pull request, and where more is to be read."""

    name: str
    environment: str
    pull_request: str | None = None
    link: str | None = None


def message(
    findings: Sequence[Finding], outcome: Outcome, subject: Subject, *, names_channels: bool = False
) -> dict[str, Any]:
    """Return the payload for an incoming webhook: ``text`` for the notification, ``blocks`` for the message.

    ``names_channels``: the findings are meant for channels of their own, which have no webhook.
    """
    title = f"{_TITLES[outcome]}: {subject.name}"
    change = f" · pull request {subject.pull_request}" if subject.pull_request else ""
    about = escaped(f"{subject.environment}{change}")
    if subject.link:
        about = f"{about} · <{subject.link}|details>"
    shown, left = findings[:_SHOWN], len(findings) - _SHOWN
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": title[:_HEADER], "emoji": False}},
        {"type": "context", "elements": [_markdown(about)]},
        *({"type": "section", "text": _markdown(_finding(finding, names_channel=names_channels))} for finding in shown),
    ]
    if left > 0:
        blocks.append({"type": "context", "elements": [_markdown(f"and {left} more")]})
    return {"text": escaped(f"{title} ({len(findings)} finding{'s' if len(findings) != 1 else ''})"), "blocks": blocks}


def escaped(text: str) -> str:
    """Return a text in which Slack finds no link, mention or command."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _markdown(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text[:_SECTION], "verbatim": True}


def channel_of(finding: Finding) -> str:
    """Return the channel that the policy of a finding names, "" where it names none."""
    return str((finding.model_extra or {}).get("alert_channel") or "")


def _finding(finding: Finding, *, names_channel: bool) -> str:
    policy = (finding.model_extra or {}).get("policy")
    name = f"{finding.code} {policy or finding.rule}"
    where = f"`{escaped(place_of(finding).replace('`', chr(39)))}`" if place_of(finding) else ""
    about = escaped(finding.resource or "")
    channel = escaped(channel_of(finding)) if names_channel else ""
    saving = saving_of(finding)
    saved = f"Saves {format_usd(saving)} a month." if saving is not None else ""
    lines = [
        " ".join(
            part for part in (_MARKS.get(finding.severity, ""), f"*{escaped(name)}*", about, where, channel) if part
        ),
        escaped(message_of(finding)),
        " ".join(part for part in (escaped(finding.remediation), saved) if part),
    ]
    return "\n".join(line for line in lines if line)
