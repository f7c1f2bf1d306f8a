"""Cloud Run functions (once Cloud Functions): invocations, CPU and memory.

The plain names are the first generation's, whose CPU is billed by GHz; the second generation's stand under
``2nd_gen``. Both generations' invocations are sold at one price, the first one's SKU counts.
"""

from __future__ import annotations

from tollbar.catalog.refresh.gcp.listing import BillingService, Rule, ServiceFamily, by_rules

_FIRST = r"Cloud Run functions \(1st Gen\)"
_BILLED = r"(?: Tier 2)? \(Request-based billing\)"
_SECOND = r"Cloud Run functions"
RULES = (
    Rule(rf"{_FIRST} Invocations", "gcp/cloud_functions/invocation", "requests"),
    Rule(rf"{_SECOND} Invocations", "gcp/cloud_functions/invocation", "requests", rank=1),
    Rule(rf"{_FIRST} CPU{_BILLED}", "gcp/cloud_functions/cpu", "GHz-seconds"),
    Rule(rf"{_FIRST} Memory{_BILLED}", "gcp/cloud_functions/memory", "GB-seconds"),
    Rule(rf"{_SECOND} CPU{_BILLED} in .+", "gcp/cloud_functions/2nd_gen/vcpu", "vCPU-seconds"),
    Rule(rf"{_SECOND} Memory{_BILLED} in .+", "gcp/cloud_functions/2nd_gen/memory", "GiB-seconds"),
)
FAMILY = ServiceFamily("cloud_functions", (BillingService("29E7-DA93-CA13", "Cloud Run Functions"),), by_rules(*RULES))
