"""Amazon MWAA: hours of environments, workers and schedulers by size, and their database."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_RULES = (
    *(
        Rule(".+", f"aws/mwaa/{kind.lower()}/{size.lower()}", "hours", {"type": kind, "size": size})
        for kind in ("Environment", "Worker", "Scheduler")
        for size in ("Small", "Medium", "Large")
    ),
    Rule("Airflow-StandardDatabaseStorage", "aws/mwaa/metadata_database", "GB-months"),
)

SERVICE = Service("mwaa", (Query("AmazonMWAA"),), by_rules(_RULES))
