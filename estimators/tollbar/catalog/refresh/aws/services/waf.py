"""AWS WAF (V2): access control lists, rules, requests. Bot and fraud control are not read yet."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_RULES = (
    Rule("WebACLV2", "aws/waf/web_acl", "months"),
    Rule("RuleV2", "aws/waf/rule", "rules"),
    Rule("RequestV2-Tier1", "aws/waf/requests", "requests"),
)

SERVICE = Service("waf", (Query("awswaf"),), by_rules(_RULES))
