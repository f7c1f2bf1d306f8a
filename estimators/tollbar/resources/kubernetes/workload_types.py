"""The types that run pods, and what a usage file may say of each."""

from __future__ import annotations

from tollbar.inputs.kubernetes.kinds import MANIFEST
from tollbar.usage import UsageKey

VCPUS_WITHOUT_REQUEST = UsageKey(
    "vcpus_without_request", "vCPUs that each container without a CPU request or limit uses", (0.01, 0.1, 0.5)
)
GIB_WITHOUT_REQUEST = UsageKey(
    "memory_gib_without_request",
    "GiB of memory that each container without a memory request or limit uses",
    (0.0625, 0.25, 1),
)
VCPU_HOURS = UsageKey(
    "monthly_vcpu_hours", "vCPU-hours that all its pods took a month, where requests alone do not tell"
)
GIB_HOURS = UsageKey(
    "monthly_memory_gib_hours", "GiB-hours of memory that all its pods took a month, where requests alone do not tell"
)
REPLICAS = UsageKey("replicas", "Pods that run on average, within what an autoscaler may do")
NODES = UsageKey("nodes", "Nodes that it runs on, where no node pool tells", (1, 3, 10))
RUNS = UsageKey("monthly_runs", "How often it runs a month: once for each deployment", (1, 4, 30))
SCHEDULED_RUNS = UsageKey("monthly_runs", "How often it runs a month, if not as its schedule says")
MINUTES = UsageKey("run_minutes", "Minutes that each pod of a run takes", (1, 10, 60))
STANDARD_IO = UsageKey(
    "monthly_standard_io_requests",
    "I/O requests a month to each magnetic volume (EBS standard)",
    (100_000, 1_000_000, 10_000_000),
)
DISK_OPERATIONS = UsageKey(
    "monthly_disk_operations", "Operations a month on each Standard disk of Azure", (10_000, 1_000_000, 10_000_000)
)

_POD_KEYS = (VCPUS_WITHOUT_REQUEST, GIB_WITHOUT_REQUEST, VCPU_HOURS, GIB_HOURS)
DISK_KEYS = (STANDARD_IO, DISK_OPERATIONS)

DEPLOYMENT = "kubernetes_deployment"
STATEFUL_SET = "kubernetes_stateful_set"
DAEMON_SET = "kubernetes_daemonset"
REPLICA_SET = "kubernetes_replica_set"
REPLICATION_CONTROLLER = "kubernetes_replication_controller"
ROLLOUT = "kubernetes_rollout"
POD = "kubernetes_pod"
JOB = "kubernetes_job"
CRON_JOB = "kubernetes_cron_job"
REPLICATED = frozenset({DEPLOYMENT, STATEFUL_SET, REPLICA_SET, REPLICATION_CONTROLLER, ROLLOUT})

_KEYS_BY_KIND = {
    DEPLOYMENT: (REPLICAS, *_POD_KEYS),
    STATEFUL_SET: (REPLICAS, *_POD_KEYS, *DISK_KEYS),
    REPLICA_SET: (REPLICAS, *_POD_KEYS),
    REPLICATION_CONTROLLER: (REPLICAS, *_POD_KEYS),
    ROLLOUT: (REPLICAS, *_POD_KEYS),
    DAEMON_SET: (NODES, *_POD_KEYS),
    POD: (RUNS, MINUTES, *_POD_KEYS),
    JOB: (RUNS, MINUTES, *_POD_KEYS),
    CRON_JOB: (SCHEDULED_RUNS, MINUTES, *_POD_KEYS),
}
_NEWER_NAMES = {
    DEPLOYMENT: ("kubernetes_deployment_v1",),
    STATEFUL_SET: ("kubernetes_stateful_set_v1",),
    REPLICATION_CONTROLLER: ("kubernetes_replication_controller_v1",),
    DAEMON_SET: ("kubernetes_daemon_set_v1",),
    POD: ("kubernetes_pod_v1",),
    JOB: ("kubernetes_job_v1",),
    CRON_JOB: ("kubernetes_cron_job_v1",),
}
"""The names with an API version that newer releases of Terraform's provider have."""

NAMES = {kind: (kind, *_NEWER_NAMES.get(kind, ())) for kind in _KEYS_BY_KIND}
KEYS: dict[str, tuple[UsageKey, ...]] = {
    **{name: keys for kind, keys in _KEYS_BY_KIND.items() for name in NAMES[kind]},
    MANIFEST: (REPLICAS, NODES, RUNS, MINUTES, *_POD_KEYS, *DISK_KEYS),
}
"""What a usage file may say, by type."""
