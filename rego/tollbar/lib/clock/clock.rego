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

# METADATA
# description: How many days ago a moment (RFC 3339) was, with fractions; less than 0 for one that is still to come.
days_before(moment) := (_now_ns - time.parse_rfc3339_ns(moment)) / _day_ns if valid(moment)

# METADATA
# description: The calendar month (UTC), as YYYY-MM.
month := sprintf("%d-%02d", [year, number]) if [year, number, _] := time.date(_now_ns)

# METADATA
# description: How many days the calendar month (UTC) has.
days_in_month := (_month_ends - _month_began) / _day_ns

# METADATA
# description: How many days of the calendar month (UTC) are over, with fractions.
days_passed := (_now_ns - _month_began) / _day_ns

# METADATA
# description: The share of the calendar month (UTC) that is still to come, from 1 at its beginning to 0.
month_left := (_month_ends - _now_ns) / (_month_ends - _month_began)

# METADATA
# description: |
#   Which day of the calendar month (UTC) a day (YYYY-MM-DD) is, from 1 on. Undefined where it is none of this month's.
day_of_month(day) := ((time.parse_rfc3339_ns(midnight) - _month_began) / _day_ns) + 1 if {
	startswith(day, month)
	midnight := sprintf("%sT00:00:00Z", [day])
	valid(midnight)
}

_month_began := time.parse_rfc3339_ns(sprintf("%s-01T00:00:00Z", [month]))

_month_ends := time.add_date(_month_began, 0, 1, 0)

_day_ns := 86400000000000

_now_ns := time.parse_rfc3339_ns(input.meta.now) if {
	valid(input.meta.now)
} else := time.now_ns()

# The format alone would let a bare date or a bare time pass; the pattern alone, 30 February.
_schema := {"properties": {"timestamp": {
	"format": "date-time",
	"pattern": `^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`,
}}}
