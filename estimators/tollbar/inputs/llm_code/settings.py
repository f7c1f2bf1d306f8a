"""The section ``code`` of tollbar.yml: how often calls in source code are made, and what the code does not tell.

::

    code:
      calls_per_month: {low: 1000, expected: 5000, high: 20000}
      sites:
        - {match: "answer.Bot.*", calls_per_month: 40000}
      environment: {ANSWER_MODEL: gpt-4o-mini}
      deployments: {support-prod: gpt-4o}
"""

from __future__ import annotations

import fnmatch
from typing import Any

from pydantic import Field

from tollbar.inputs.workload_kinds import Amount  # noqa: TC001 -- pydantic reads the annotations at run time
from tollbar.yaml_model import Section


class CodeSite(Section):
    """How often the function runs in which calls stand; ``match`` is its symbol or module, with ``*`` and ``?``."""

    match: str = Field(min_length=1)
    calls_per_month: Amount


class CodeConfig(Section):
    """What is told of calls in source code."""

    calls_per_month: Amount | None = Field(default=None, description="how often a function with a call runs a month")
    sites: tuple[CodeSite, ...] = Field(default=(), description="those that run more or less often; the first counts")
    environment: dict[str, str] = Field(default_factory=dict, description="environment variables as they are set")
    deployments: dict[str, str] = Field(default_factory=dict, description="the model behind each Azure deployment")

    def calls_of(self, symbol: str) -> Any:  # noqa: ANN401 -- a number or a range
        """Return how often the function of a symbol runs a month, None where nothing tells."""
        told = (site.calls_per_month for site in self.sites if _matches(symbol, site.match))
        return next(told, self.calls_per_month)


def _matches(symbol: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(symbol, pattern.removeprefix("code."))
