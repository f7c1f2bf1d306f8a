# METADATA
# description: |
#   What commitments (reserved instances, savings plans, committed use) make of the machines of an estimate. Only what
#   was estimated with commitments is looked at.
package tollbar.lib.commitments

import data.tollbar.lib.resources

# METADATA
# description: |
#   The machines that commitments are to be had for, which have an instance type at a cloud. Spot machines are none.
machines := [resource |
	some resource in resources.with_field("costs")
	resource.instance_type
	resource.cloud in {"aws", "azure", "gcp"}
	not resource.traits.purchase_option == "spot"
]

# METADATA
# description: What of a resource's list cost (USD a month) no commitment covers.
uncovered(resource) := resource.costs.effective - resource.costs.committed
