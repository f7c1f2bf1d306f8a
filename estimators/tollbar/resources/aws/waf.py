"""WAF web ACLs, version 2 and classic. Source: AWS WAF pricing page.

Billed are the ACL, each rule of one's own, each rule group added, and each rule inside of one's own
rule groups; the rules inside of managed rule groups are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tollbar.component import Unpriced
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_BOT_CONTROL = "AWSManagedRulesBotControlRuleSet"
_FRAUD_CONTROL = frozenset({"AWSManagedRulesATPRuleSet", "AWSManagedRulesACFPRuleSet"})


def web_acl(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the month of a web ACL, its rules and rule groups, and the requests it inspects."""
    yield from _acl(resource.region)
    yield _requests(usage, resource.region)
    yield from as_far_as_known(lambda: _acl_rules(resource, usage, inventory))


def _acl_rules(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    statements = [rule.block("statement") for rule in resource.attributes.blocks("rule")]
    managed = [group for statement in statements for group in statement.blocks("managed_rule_group_statement")]
    groups = sum(1 for statement in statements if statement.blocks("rule_group_reference_statement"))
    region = resource.region
    yield from _rules("Rules", len(statements) - len(managed) - groups, region)
    yield from _rules("Rule groups", groups, region)
    if groups or usage.is_told("rule_group_rules"):
        yield _group_rules(usage, region, _rules_in_known_groups(resource, inventory))
    yield from _rules("Managed rule groups", len(managed), region)
    yield from _intelligent_threat_mitigation(managed, usage, region)


def classic_web_acl(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the same lines for a web ACL of WAF Classic."""
    yield from _acl(resource.region)
    yield _requests(usage, resource.region)
    yield from as_far_as_known(lambda: _classic_rules(resource, usage))


def _classic_rules(resource: Resource, usage: Usage) -> Iterator[Component]:
    rules = resource.attributes.blocks("rules") or resource.attributes.blocks("rule")
    groups = sum(1 for rule in rules if rule.text("type", "REGULAR") == "GROUP")
    yield from _rules("Rules", len(rules) - groups, resource.region)
    yield from _rules("Rule groups", groups, resource.region)
    if groups or usage.is_told("rule_group_rules"):
        yield _group_rules(usage, resource.region, None)


def _acl(region: str | None) -> Iterator[Component]:
    yield Component("Web ACL", Quantity.fixed(1), "months", PriceKey("aws/waf/web_acl", region))


def _rules(name: str, count: int, region: str | None) -> Iterator[Component]:
    if count > 0:
        yield Component(name, Quantity.fixed(count), "rules", PriceKey("aws/waf/rule", region))


def _group_rules(usage: Usage, region: str | None, known: int | None) -> Component:
    rules = usage.quantity("rule_group_rules")
    if not rules.is_known and known is not None:
        rules = Quantity.fixed(known)
    return Component("Rules in rule groups", rules, "rules", PriceKey("aws/waf/rule", region))


def _requests(usage: Usage, region: str | None) -> Component:
    return Component("Requests", usage.quantity("monthly_requests"), "requests", PriceKey("aws/waf/requests", region))


def _rules_in_known_groups(resource: Resource, inventory: Inventory) -> int | None:
    """Return the rules of the rule groups that this project declares, None where it declares none."""
    addresses = {address for referenced in resource.references.values() for address in referenced}
    groups = [group for group in inventory.of_type("aws_wafv2_rule_group") if group.address in addresses]
    return sum(len(group.attributes.blocks("rule")) for group in groups) if groups else None


def _intelligent_threat_mitigation(
    managed: Sequence[Attributes], usage: Usage, region: str | None
) -> Iterator[Component]:
    """Yield what Bot Control and Fraud Control cost on top of a managed rule group."""
    names = [group.text("name", "") for group in managed]
    if _BOT_CONTROL in names:
        level = _inspection_level(managed[names.index(_BOT_CONTROL)])
        yield Component("Bot Control", Quantity.fixed(1), "months", PriceKey("aws/waf/bot_control/month", region))
        key = PriceKey(f"aws/waf/bot_control/requests/{level}", region)
        yield Component(f"Bot Control requests ({level})", usage.quantity("monthly_requests"), "requests", key)
    if _FRAUD_CONTROL.intersection(names):
        key = PriceKey("aws/waf/fraud_control/month", region)
        yield Component("Fraud Control", Quantity.fixed(1), "months", key)
        key = PriceKey("aws/waf/fraud_control/requests", region)
        attempts = usage.quantity("monthly_fraud_control_requests")
        yield Component("Fraud Control requests", attempts, "requests", key)


def _inspection_level(group: Attributes) -> str:
    for config in group.blocks("managed_rule_group_configs"):
        if level := config.block("aws_managed_rules_bot_control_rule_set").text("inspection_level", ""):
            return level.lower()
    return "common"


_CLASSIC_KEYS = (
    UsageKey("rule_group_rules", "Rules in the rule groups of one's own that the ACL uses"),
    UsageKey("monthly_requests", "Web requests inspected a month", (100_000, 1_000_000, 10_000_000)),
)
_KEYS = (
    *_CLASSIC_KEYS,
    UsageKey("managed_rule_group_rules", "Rules in the managed rule groups; AWS does not bill them"),
    UsageKey("monthly_fraud_control_requests", "Login and sign-up attempts analysed by Fraud Control a month"),
)

TYPES = (
    ResourceType("aws_wafv2_web_acl", "security", web_acl, _KEYS),
    ResourceType("aws_waf_web_acl", "security", classic_web_acl, _CLASSIC_KEYS),
    ResourceType("aws_wafregional_web_acl", "security", classic_web_acl, _CLASSIC_KEYS),
)
