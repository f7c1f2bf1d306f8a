# METADATA
# description: What the names of machine types tell.
package tollbar.lib.machines

# METADATA
# description: |
#   The family of a machine type, as its vendor calls it: m5 of m5.large, db.m5.large and m5.large.search, n2 of
#   n2-standard-4, Dsv5 of Standard_D4s_v5. A name that is like none of these is its own family.
family(instance_type) := concat("", parts) if {
	# Size and series stand around the number: Standard_E4-2ds_v5, GP_Standard_D2ds_v4, Standard_NC24ads_A100_v4.
	pattern := `^(?:[A-Z]+_)?(?:Standard|Basic)_([A-Z]+)\d+(?:-\d+)?([a-z]*)(_[A-Z]+\d+)?_?(v\d+)?$`
	[parts] := [array.slice(groups, 1, count(groups)) |
		some groups in regex.find_all_string_submatch_n(pattern, instance_type, 1)
	]
} else := name if {
	# AWS: what a service puts before it ends with a dot (db., cache., ml.), what it puts behind begins with one.
	[[_, name]] := regex.find_all_string_submatch_n(
		`^(?:(?:db|cache|ml|dms|dax|kafka|mq)\.)?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.[a-z0-9.-]+$`,
		instance_type,
		1,
	)
} else := name if {
	# Google Cloud; Cloud SQL puts db- before it.
	[[_, name]] := regex.find_all_string_submatch_n(
		`^(?:db-)?([a-z]+\d*[a-z]?)-(?:[a-z]+-?)*\d*.*$`,
		instance_type,
		1,
	)
} else := instance_type
