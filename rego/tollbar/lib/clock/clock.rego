# METADATA
# description: |
#   The one clock. Time comes from the estimate where it has one, so that a decision can be replayed.
package tollbar.lib.clock

# METADATA
# description: Whether a value is an RFC 3339 timestamp that exists in the calendar.
valid(timestamp) if {
	is_string(timestamp)
	json.match_schema({"timestamp": timestamp}, _schema)[0]
}

# METADATA
# description: Whether a day (YYYY-MM-DD, UTC) has begun.
reached(day) if _now_ns >= time.parse_rfc3339_ns(sprintf("%sT00:00:00Z", [day]))

# METADATA
# description: |
#   How many whole days ago a day (YYYY-MM-DD, UTC) began, 0 where it has not. Undefined where it is no day.
days_since(day) := floor(max({_now_ns - began, 0}) / _day_ns) if {
	midnight := sprintf("%sT00:00:00Z", [day])
	valid(midnight)
	began := time.parse_rfc3339_ns(midnight)
}

# METADATA
# description: |
#   In how many days a day (YYYY-MM-DD, UTC) begins, rounded up; 0 where it has begun. Undefined where it is no day.
days_until(day) := ceil(max({began - _now_ns, 0}) / _day_ns) if {
	midnight := sprintf("%sT00:00:00Z", [day])
	valid(midnight)
	began := time.parse_rfc3339_ns(midnight)
}

_day_ns := 86400000000000

_now_ns := time.parse_rfc3339_ns(input.meta.now) if {
	valid(input.meta.now)
} else := time.now_ns()

# The format alone would let a bare date or a bare time pass; the pattern alone, 30 February.
_schema := {"properties": {"timestamp": {
	"format": "date-time",
	"pattern": `^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`,
}}}
