# METADATA
# description: |
#   The door for conftest, which looks for deny and warn in the package main. The verdict is data.tollbar's.
package main

# METADATA
# description: What keeps the change from passing.
# scope: document
deny contains _located(finding) if some finding in data.tollbar.deny

deny contains "The Tollbar library is not loaded: conftest needs its folder as --policy and as --data." if {
	not data.tollbar.decision
}

# METADATA
# description: What only warns.
# scope: document
warn contains _located(finding) if some finding in data.tollbar.warn

# Without a line, conftest writes GitHub annotations with an empty one.
_located(finding) := object.union({"_loc": {"line": 1}}, finding) if {
	"_loc" in object.keys(finding)
} else := finding
