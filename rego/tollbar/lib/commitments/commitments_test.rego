package tollbar.lib.commitments_test

import data.tollbar.lib.commitments
import data.tollbar.testing

_costs := {"costs": {"list": 100, "committed": 40, "effective": 70}}

_machine := object.union(_costs, {"instance_type": "m5.large"})

test_machines[name] if {
	some name, case in {
		"with an instance type": {"resource": _machine, "count": 1},
		"on demand": {"resource": object.union(_machine, {"traits": {"purchase_option": "on_demand"}}), "count": 1},
		"spot": {"resource": object.union(_machine, {"traits": {"purchase_option": "spot"}}), "count": 0},
		"without an instance type": {"resource": _costs, "count": 0},
		"estimated without commitments": {"resource": {"instance_type": "m5.large"}, "count": 0},
		"a language model": {"resource": object.union(_machine, {"cloud": "llm"}), "count": 0},
		"of Azure": {"resource": object.union(_machine, {"cloud": "azure"}), "count": 1},
		"of Google": {"resource": object.union(_machine, {"cloud": "gcp"}), "count": 1},
		"deleted": {"resource": object.union(_machine, {"action": "delete"}), "count": 0},
	}
	machines := commitments.machines with input as testing.estimate([testing.resource(case.resource)])
	count(machines) == case.count
}

test_uncovered if commitments.uncovered(_costs) == 30
