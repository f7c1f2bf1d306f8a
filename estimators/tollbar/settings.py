"""What an estimate depends on besides what was declared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tollbar.environment import USUAL_ENVIRONMENTS, environment_name
from tollbar.money import HOURS_PER_MONTH

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from tollbar.adjust.commitment_file import AnyCommitment
    from tollbar.estimate import Deployment
    from tollbar.inputs.usage_file import UsageFile
    from tollbar.inputs.usage_history import UsageHistory
    from tollbar.usage import UsageSize


@dataclass(frozen=True, slots=True)
class Settings:
    """What an estimate depends on besides the declared resources.

    ``now`` is RFC 3339. ``usage_size`` is how large use is taken to be that nobody told and no month before
    showed (``history``). ``environment_tags`` are the tags that name a resource's environment, the
    first that is set wins; a resource without any belongs to the deployment's environment. ``other_models``
    are language models that the policy suggests: what calls would cost with them is told as well. ``environments``
    are those that the policy knows: a name that differs from one of them in case only means it.
    """

    now: str
    deployment: Deployment
    usage: UsageFile | None = None
    history: UsageHistory | None = None
    usage_size: UsageSize = "medium"
    assumptions: bool = True
    hours_per_month: Decimal = HOURS_PER_MONTH
    stale_after_days: int = 30
    environment_tags: tuple[str, ...] = ("environment", "Environment", "env", "Env")
    team_tags: tuple[str, ...] = ("team", "Team", "owner", "Owner")
    commitments: tuple[AnyCommitment, ...] | None = None
    other_models: tuple[str, ...] = ()
    environments: tuple[str, ...] = USUAL_ENVIRONMENTS

    @property
    def day(self) -> date:
        """The day of the estimate."""
        return date.fromisoformat(self.now[:10])

    def environment_of(self, tags: Mapping[str, str]) -> str:
        """Return the environment that a resource's tags name, that of the deployment where they name none."""
        own = next((tags[name] for name in self.environment_tags if tags.get(name)), None)
        return environment_name(own, self.environments) if own else self.deployment.environment
