"""What every policy engine is: it takes the input document as JSON and returns a decision, or fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tollbar.decision import Decision

DECISION_PATH = "tollbar/decision"
SETTINGS_ROOT = "tollbar_settings"
"""Where the user's settings stand in the data: a bundle owns the root ``tollbar``."""


class PolicyEngine(Protocol):
    """Something that runs the policy: a local binary, a server."""

    def decide(self, input_document: str) -> Decision:
        """Return the decision on an estimate given as JSON.

        Raises:
            EngineError: The engine is missing or failed, or there is no decision. Never a pass.
        """
