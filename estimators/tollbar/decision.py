"""What the policy says of an estimate. Made by Rego, only carried by Python."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tollbar.errors import EngineError

Outcome = Literal["allow", "warn", "needs_approval", "deny"]
Severity = Literal["error", "approval", "warning", "info"]

BROKEN_RULE_CODE = "TB000"
"""What the library finds itself: a rule, of the user's own, that gives what is no finding."""
INPUT_SCHEMA_CODE = "TB001"
SETTINGS_CODE = "TB003"
_ERRORS = {
    INPUT_SCHEMA_CODE: "the policy refused its input",
    SETTINGS_CODE: "the policy settings",
    BROKEN_RULE_CODE: "a rule of the policy is broken",
}


class Model(BaseModel):
    """Immutable; what a policy adds of its own is kept."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)


class FindingLocation(Model):
    """Where in the user's files a finding belongs."""

    file: str
    line: int | None = None


class Finding(Model):
    """One thing a rule found. ``resource`` is an address, absent where the whole deployment is meant."""

    code: str
    rule: str
    title: str
    severity: Severity
    msg: str
    resource: str | None = None
    remediation: str = ""
    alternative: dict[str, Any] | None = None
    docs: str | None = None
    exemption: dict[str, Any] | None = None
    location: FindingLocation | None = Field(default=None, alias="_loc")


class Decision(Model):
    """The verdict on one estimate."""

    outcome: Outcome
    findings: tuple[Finding, ...]
    exempted: tuple[Finding, ...] = ()
    approvers: tuple[str, ...] = ()
    totals: dict[str, Any] = Field(default_factory=dict)
    revision: str

    def of_severity(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity == severity)


def decision_from_result(result: object) -> Decision:
    """Return the decision in an engine's answer.

    Raises:
        EngineError: The answer is undefined or is no decision. The input not matching the schema,
            settings the policy does not understand and a broken rule are errors as well: none of them is a verdict
            on the cost.
    """
    if result is None:
        raise EngineError(
            "the policy gave no decision: data.tollbar.decision is undefined",
            hint="Check that the policy library is loaded, and that its version fits this release.",
        )
    try:
        decision = Decision.model_validate(result)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise EngineError(f"the policy's answer is not a decision: {field}: {first['msg']}") from None
    for code, what in _ERRORS.items():
        broken = [finding for finding in decision.findings if finding.code == code]
        if broken:
            raise EngineError(f"{what}: {broken[0].msg}", hint=broken[0].remediation or None)
    return decision
