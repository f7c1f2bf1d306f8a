"""Compute and messaging: AWS App Runner, ECS Anywhere, Amazon SES.

Usage types: AWS's list as public cost reports of 2026 quote it.
"""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_APP_RUNNER = (
    Rule("AppRunner-vCPU-hours", "aws/app_runner/vcpu", "vCPU-hours"),
    Rule("AppRunner-(?:Provisioned-)?GB-hours", "aws/app_runner/memory", "GB-hours"),
)
_SES = (
    Rule("Recipients", "aws/ses/emails_sent", "messages"),
    Rule("AttachmentsSize-Bytes", "aws/ses/attachment_data", "GB"),
)
_ANYWHERE = Rule("ECS-Anywhere-Instance-hours(?:-WithFree)?", "aws/ecs_anywhere/instance", "hours")

SERVICES = (
    Service("app_runner", (Query("AWSAppRunner"),), by_rules(_APP_RUNNER)),
    Service("ecs_anywhere", (Query("AmazonECS"),), by_rules([_ANYWHERE])),
    Service("ses", (Query("AmazonSES"),), by_rules(_SES)),
)
