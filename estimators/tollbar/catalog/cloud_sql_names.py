"""What Google calls the parts of a Cloud SQL instance in its price list, and what we call them."""

from __future__ import annotations

import re
from decimal import Decimal

PATHS = {
    "vCPU": ("enterprise/vcpu/{scope}", "vCPU-hours"),
    "RAM": ("enterprise/memory/{scope}", "GiB-hours"),
    "Enterprise Plus N vCPU": ("enterprise_plus/vcpu/{scope}", "vCPU-hours"),
    "Enterprise Plus N RAM": ("enterprise_plus/memory/{scope}", "GiB-hours"),
    "Enterprise Plus vCPU": ("enterprise_plus/vcpu/{scope}", "vCPU-hours"),
    "Enterprise Plus RAM": ("enterprise_plus/memory/{scope}", "GiB-hours"),
    "Enterprise Plus Data Cache Storage": ("enterprise_plus/data_cache/{scope}", "GB-months"),
    "Enterprise Plus Standard Storage": ("enterprise_plus/storage/ssd/{scope}", "GB-months"),
    "Standard storage": ("storage/ssd/{scope}", "GB-months"),
    "Low cost storage": ("storage/hdd/{scope}", "GB-months"),
    "Micro instance": ("instance/{scope}/db-f1-micro", "hours"),
    "Small instance": ("instance/{scope}/db-g1-small", "hours"),
    "IP address reservation": ("ip_address", "hours"),
    "Serverless Exports": ("serverless_export", "hours"),
}
"""Path below ``gcp/cloud_sql`` and unit, by Google's name."""

MACHINE = re.compile(r"(?P<vcpus>\d+) vCPU \+ (?P<gib>[\d.]+)GB RAM")
MACHINE_SHAPES = {Decimal("3.75"): "db-n1-standard", Decimal("6.5"): "db-n1-highmem"}
"""MySQL's older machines are listed as a whole; which they are follows from the GiB a vCPU."""
