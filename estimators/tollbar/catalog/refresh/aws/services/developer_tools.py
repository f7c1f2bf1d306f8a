"""Developer tools: Amplify hosting, AppSync, CodeArtifact, CodeBuild, CodeCommit, CodePipeline.

Usage types: Infracost's look-ups; "Tracking your AWS Free Tier usage", AWS Billing user guide; AWS's list as
public cost reports of 2026 quote it.
"""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules, families

_AMPLIFY = (
    Rule("BuildDuration", "aws/amplify/build", "build-minutes", {"instancetype": "Standard8GB"}),
    Rule("DataStorage", "aws/amplify/storage", "GB-months"),
    Rule("DataTransferOut", "aws/amplify/data_served", "GB"),
)
_APPSYNC = (
    Rule("GraphQLInvocation", "aws/appsync/queries", "requests"),
    Rule("GraphQLNotification", "aws/appsync/real_time_updates", "requests"),
)
_CODEARTIFACT = (
    Rule("Requests", "aws/codeartifact/requests", "requests"),
    Rule("TimedStorage-ByteHrs", "aws/codeartifact/storage", "GB-months"),
)
_CODEBUILD = tuple(
    Rule(
        rf"Build-Min:{system}:g1\.(?P<size>small|medium|large)",
        f"aws/codebuild/{path}/general1.{{size}}",
        "build-minutes",
    )
    for system, path in (("Linux", "linux"), ("Windows", "windows"))
)
_CODEPIPELINE = (
    Rule("activePipeline", "aws/codepipeline/v1_active_pipeline", "months"),
    Rule("actionExecutionMinute", "aws/codepipeline/v2_action_execution", "build-minutes"),
)

SERVICES = (
    Service("amplify", (Query("AWSAmplify"),), by_rules(_AMPLIFY)),
    Service("appsync", (Query("AWSAppSync"),), by_rules(_APPSYNC)),
    Service("codeartifact", (Query("AWSCodeArtifact"),), by_rules(_CODEARTIFACT)),
    Service("codebuild", families("CodeBuild", "Compute"), by_rules(_CODEBUILD)),
    Service(
        "codecommit", (Query("AWSCodeCommit"),), by_rules([Rule("User-Month", "aws/codecommit/active_user", "users")])
    ),
    Service("codepipeline", (Query("AWSCodePipeline"),), by_rules(_CODEPIPELINE)),
)
