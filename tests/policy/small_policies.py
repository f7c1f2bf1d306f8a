"""Policies of a few lines, each with one property an engine must cope with."""

ALLOW = """package tollbar

decision := {"outcome": "allow", "findings": [], "exempted": [], "approvers": [], "totals": {}, "revision": "r1"}
"""
DENY_BY_SETTINGS = """package tollbar

decision := {"outcome": "deny", "revision": "r2", "findings": [{
    "code": "TB900", "rule": "probe", "title": "Probe", "severity": "error",
    "msg": sprintf("[TB900] %v over %v", [input.cost, data.tollbar_settings.rules.probe.limit]),
    "remediation": "Spend less.",
}]}
"""
UNDEFINED = """package tollbar

decision := "never" if input.absent == 1
"""
NOT_A_DECISION = """package tollbar

decision := {"outcome": "maybe", "findings": [], "revision": "r"}
"""
REFUSED_INPUT = """package tollbar

decision := {"outcome": "deny", "revision": "r", "findings": [{
    "code": "TB001", "rule": "input_schema", "title": "Schema", "severity": "error",
    "msg": "[TB001] resources: missing", "remediation": "Make the estimate anew.",
}]}
"""
BROKEN = "package tollbar\n\ndecision := {\n"
BUILTIN_ERROR = """package tollbar

decision := {"outcome": "allow", "findings": [], "revision": sprintf("%v", [1 / input.zero])}
"""
