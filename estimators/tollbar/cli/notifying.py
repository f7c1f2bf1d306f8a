"""Telling of findings outside of a report (``--notify slack``): after the verdict, and without any say in it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.decision import Decision
    from tollbar.estimate import Deployment


def require_known(names: Sequence[str] | None) -> None:
    """Do nothing where ``--notify`` names what can be notified.

    Raises:
        ConfigError: It names something else.
    """
    if names:
        from tollbar.notify.slack import require_channel  # noqa: PLC0415 -- only where it is asked for

        require_channel(names)


def notify(names: Sequence[str] | None, decision: Decision, deployment: Deployment) -> None:
    """Tell of a decision, where that is asked for; what goes wrong is a warning on stderr."""
    if not names:
        return
    from tollbar.notify import slack  # noqa: PLC0415 -- only where it is asked for
    from tollbar.notify.slack_message import Subject  # noqa: PLC0415 -- as above

    subject = Subject(deployment.name, deployment.environment, deployment.pull_request, link=slack.link_of(os.environ))
    sending = slack.Sending(slack.sent_before(os.environ))
    slack.notify(decision, subject, os.environ, sending, _warn)


def _warn(message: str) -> None:
    sys.stderr.write(f"warning: {message}\n")
