"""From where on a model of one's own pays: hosted on one's own machines, or fine-tuned.

Formulas stand with the functions. Amounts are exact USD, a month or a call; tokens are input and output together.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

SECONDS_PER_MONTH = Decimal(730 * 3600)
OPERATIONS_PER_YEAR = (Decimal(125_000), Decimal(190_000))
"""What people and operations of a minimal deployment cost a year, low and high: USD. An assumption of the page on
local-first policies that this command answers to ("$125K-$190K/year for minimal internal deployment"; it does not say
what of it is machines: those are added here). Replaced by --operations-per-year."""
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class SelfHosting:
    """A model on one's own machines against the same tokens by API.

    ``api_per_token`` is USD, ``machine`` USD a month of one replica, ``operations`` USD a month whatever is served,
    ``capacity`` the tokens a month that one replica serves at the utilisation that is told.
    """

    api_per_token: Decimal
    machine: Decimal
    operations: Decimal
    capacity: Decimal

    def replicas(self, tokens: Decimal) -> int:
        """Return how many replicas serve so many tokens a month: tokens / capacity, rounded up, one at least."""
        return max(1, int((tokens / self.capacity).to_integral_value(ROUND_CEILING)))

    def own(self, tokens: Decimal) -> Decimal:
        """Return what one's own deployment costs a month: replicas x machine + operations."""
        return self.replicas(tokens) * self.machine + self.operations

    def api(self, tokens: Decimal) -> Decimal:
        """Return what the same tokens cost a month by API: tokens x price."""
        return tokens * self.api_per_token

    @property
    def break_even(self) -> Decimal | None:
        """The fewest tokens a month that cost no more on one's own machines; None where none do.

        With n replicas, the API costs as much from t = (n x machine + operations) / price on. That counts where n
        replicas serve t: t <= n x capacity, so n >= operations / (price x capacity - machine). The smallest such n is
        it, and t, but not less than n - 1 replicas serve. A replica whose tokens cost less by API than the machine
        never pays.
        """
        worth = self.api_per_token * self.capacity - self.machine
        if worth <= 0:
            return None
        count = max(_ONE, (self.operations / worth).to_integral_value(ROUND_CEILING))
        return max((count * self.machine + self.operations) / self.api_per_token, (count - 1) * self.capacity)


@dataclass(frozen=True, slots=True)
class Hosting:
    """Self-hosting with operations at their low and high end, and the tokens a month that are wanted."""

    low: SelfHosting
    high: SelfHosting
    tokens: Decimal


@dataclass(frozen=True, slots=True)
class FineTuning:
    """A fine-tuned model against the one it replaces: USD of a training, and of a call with either."""

    training: Decimal
    before_per_call: Decimal
    tuned_per_call: Decimal

    @property
    def saved_per_call(self) -> Decimal:
        """What a call costs less: before - tuned; below zero where it costs more."""
        return self.before_per_call - self.tuned_per_call

    @property
    def break_even(self) -> Decimal | None:
        """The calls from which the training has paid: training / saved per call, rounded up; None where never."""
        if self.saved_per_call <= 0:
            return None
        return (self.training / self.saved_per_call).to_integral_value(ROUND_CEILING)

    def months(self, calls_per_month: Decimal) -> Decimal | None:
        """Return after how many months of so many calls the training has paid: break-even / calls; None where never."""
        calls = self.break_even
        return None if calls is None or calls_per_month <= 0 else calls / calls_per_month


def per_month(per_year: Decimal) -> Decimal:
    """Return what a yearly amount is a month."""
    return per_year / 12


def capacity(tokens_per_second: Decimal, utilisation: Decimal) -> Decimal:
    """Return the tokens a month that a replica serves: per second at full load x utilisation x seconds."""
    return tokens_per_second * utilisation * SECONDS_PER_MONTH
