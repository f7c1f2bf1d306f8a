# METADATA
# title: Machines are about as large as what they do
# description: |
#   Judges machines whose use is told (cpu_utilization and memory_utilization in the usage file, averages from 0 to 1)
#   by thresholds for both. Where the use of memory is not known, that of CPU counts alone, and the message says so; a
#   machine whose use of CPU is not known is not judged.
# custom:
#   code: TB115
#   category: infrastructure
#   default_mode: advisory
#   message: uses {cpu}% of its CPU {memory}.
#   remediation: Choose a smaller size{size}.
#   params: [mode, enforce_from, cpu, memory, target]
#   since: 0.2.0
package tollbar.rules.infrastructure.over_provisioned

import data.tollbar.lib.figures
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per machine of which little is used.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	object.union({"limit": config.cpu, "actual": cpu}, resources.alternative(resource)),
	{
		"{cpu}": figures.tenths(cpu),
		"{memory}": _memory_in_words(resource, config),
		"{size}": _fitting(resource.traits, config.target),
	},
] |
	config := params.active.over_provisioned
	some resource in resources.with_trait("cpu_utilization")
	cpu := resource.traits.cpu_utilization * 100
	cpu < config.cpu
	_low_memory(resource, config)
])

_low_memory(resource, config) if resource.traits.memory_utilization * 100 < config.memory

_low_memory(resource, _) if not resource.traits.memory_utilization

_memory_in_words(resource, config) := sprintf("and %s%% of its memory, below %s%% and %s%%", [
	figures.tenths(resource.traits.memory_utilization * 100),
	figures.tenths(config.cpu),
	figures.tenths(config.memory),
])

_memory_in_words(resource, config) := sprintf("on average, below %s%% (its use of memory is not known)", [
	figures.tenths(config.cpu),
]) if {
	not resource.traits.memory_utilization
}

_fitting(traits, target) := sprintf(": at %s%% in use, %s would do", [
	figures.tenths(target),
	concat(" and ", [sprintf("%v %s", need) | some need in _needs(traits, target)]),
]) if {
	traits.vcpus
}

_fitting(traits, _) := "" if not traits.vcpus

_needs(traits, target) := array.concat(
	[[_needed(traits.vcpus, traits.cpu_utilization, target), "vCPU"]],
	[[gib, "GiB"] | gib := _needed(traits.memory_gib, traits.memory_utilization, target)],
)

# Rounded first, so that 16.0000001 is not 17.
_needed(size, used, target) := ceil(round(((size * used) * 10000) / target) / 100)
