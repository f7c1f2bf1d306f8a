"""AWS WAF (V2): access control lists, rules, requests, bot and fraud control."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_RULES = (
    Rule("WebACLV2", "aws/waf/web_acl", "months"),
    Rule("RuleV2", "aws/waf/rule", "rules"),
    Rule("RequestV2-Tier1", "aws/waf/requests", "requests"),
    Rule("AMR-BotControl", "aws/waf/bot_control/month", "months"),
    Rule("AMR-BotControl-Request", "aws/waf/bot_control/requests/common", "requests"),
    Rule("AMR-BotControl-Targeted-Request", "aws/waf/bot_control/requests/targeted", "requests"),
    Rule("AMR-ATP", "aws/waf/fraud_control/month", "months"),
    Rule("AMR-FraudControl-Request", "aws/waf/fraud_control/requests", "requests"),
)

SERVICE = Service("waf", (Query("awswaf"),), by_rules(_RULES))
