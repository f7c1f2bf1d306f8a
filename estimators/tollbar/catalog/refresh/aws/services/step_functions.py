"""AWS Step Functions: transitions of standard workflows, requests and GB-hours of express ones."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_RULES = (
    Rule("StateTransition", "aws/step_functions/transitions", "transitions"),
    Rule("StepFunctions-Request", "aws/step_functions/express/requests", "requests"),
    Rule("StepFunctions-GB-Second", "aws/step_functions/express/duration", "GB-hours"),
)

SERVICE = Service("step_functions", (Query("AmazonStates"),), by_rules(_RULES))
