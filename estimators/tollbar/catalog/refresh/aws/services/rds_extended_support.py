"""RDS Extended Support per vCPU-hour; all engines have one price (RDS and Aurora pricing pages)."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_ENGINE = r"(?:Aurora)?(?:MySQL|PostgreSQL)[\d.]+"
_RULES = (
    Rule(rf"ExtendedSupport:Yr1-Yr2:{_ENGINE}", "aws/rds/extended_support/year_1", "vCPU-hours"),
    Rule(rf"ExtendedSupport:Yr3:{_ENGINE}", "aws/rds/extended_support/year_3", "vCPU-hours"),
)
_ENGINES = ("MySQL", "PostgreSQL", "Aurora MySQL", "Aurora PostgreSQL")

SERVICE = Service(
    "rds_extended_support",
    tuple(Query("AmazonRDS", {"databaseEngine": name, "extendedSupportPricingYear": year})
          for name in _ENGINES for year in ("Year 1, Year 2", "Year 3")),
    by_rules(_RULES),
)  # fmt: skip
