package tollbar.lib.clock_test

import data.tollbar.lib.clock

test_valid[timestamp] if {
	some timestamp, valid in {
		"2026-11-21T10:00:00Z": true,
		"2026-11-21T10:00:00.123456Z": true,
		"2026-11-21T10:00:00+05:30": true,
		"2028-02-29T00:00:00Z": true,
		"2026-02-29T00:00:00Z": false,
		"2026-11-21T25:00:00Z": false,
		"2026-11-21T10:00:00": false,
		"2026-11-21": false,
		"10:00:00": false,
		"9999-11-21T10:00:00Z": false,
		"now": false,
		"": false,
	}
	{true | clock.valid(timestamp)} == {true | valid}
}

test_valid_only_as_text if {
	not clock.valid(5)
	not clock.valid(null)
}

test_reached[name] if {
	some name, case in {
		"the day before": {"now": "2026-11-20T23:59:59Z", "reached": false},
		"its first moment": {"now": "2026-11-21T00:00:00Z", "reached": true},
		"its first moment elsewhere, the day before in UTC": {"now": "2026-11-21T00:00:00+02:00", "reached": false},
		"the day after": {"now": "2026-11-22T00:00:00Z", "reached": true},
	}
	now := case.now
	{true | clock.reached("2026-11-21") with input.meta.now as now} == {true | case.reached}
}

test_without_a_time_in_the_input if {
	clock.reached("2026-11-21") with time.now_ns as time.parse_rfc3339_ns("2026-11-21T10:00:00Z")
	not clock.reached("2026-11-21") with time.now_ns as time.parse_rfc3339_ns("2026-11-20T10:00:00Z")
}

test_with_a_time_that_is_none if {
	noon := time.parse_rfc3339_ns("2026-11-21T12:00:00Z")
	clock.reached("2026-11-21") with input.meta.now as "soon" with time.now_ns as noon
	not clock.reached("2026-11-22") with input.meta.now as "soon" with time.now_ns as noon
}

test_days_until[name] if {
	some name, case in {
		"today": {"day": "2026-11-21", "days": {0}},
		"yesterday": {"day": "2026-11-20", "days": {0}},
		"tomorrow": {"day": "2026-11-22", "days": {1}},
		"the day after tomorrow": {"day": "2026-11-23", "days": {2}},
		"over the end of a month": {"day": "2026-12-21", "days": {30}},
		"no day": {"day": "2026-02-30", "days": set()},
	}
	found := {days | days := clock.days_until(case.day) with input.meta.now as "2026-11-21T12:00:00Z"}
	found == case.days
}

test_days_since[name] if {
	some name, case in {
		"today": {"day": "2026-11-21", "days": {0}},
		"yesterday": {"day": "2026-11-20", "days": {1}},
		"tomorrow": {"day": "2026-11-22", "days": {0}},
		"over the end of a month": {"day": "2026-10-21", "days": {31}},
		"no day": {"day": "2026-02-30", "days": set()},
	}
	found := {days | days := clock.days_since(case.day) with input.meta.now as "2026-11-21T12:00:00Z"}
	found == case.days
}

test_days_before[name] if {
	some name, case in {
		"now": {"moment": "2026-11-21T12:00:00Z", "days": {0}},
		"half a day ago": {"moment": "2026-11-21T00:00:00Z", "days": {0.5}},
		"a day ago, in another zone": {"moment": "2026-11-20T14:00:00+02:00", "days": {1}},
		"over the end of a month": {"moment": "2026-10-21T12:00:00Z", "days": {31}},
		"to come": {"moment": "2026-11-22T12:00:00Z", "days": {-1}},
		"no moment": {"moment": "2026-11-21", "days": set()},
	}
	found := {days | days := clock.days_before(case.moment) with input.meta.now as "2026-11-21T12:00:00Z"}
	found == case.days
}

test_month[now] if {
	some now, expected in {
		"2026-11-01T00:00:00Z": ["2026-11", 30, 0, 1],
		"2026-11-16T00:00:00Z": ["2026-11", 30, 15, 0.5],
		"2026-11-30T12:00:00Z": ["2026-11", 30, 29.5, 0.5 / 30],
		"2026-12-01T00:30:00+01:00": ["2026-11", 30, 29 + (47 / 48), (1 / 48) / 30],
		"2027-02-01T00:00:00Z": ["2027-02", 28, 0, 1],
		"2028-02-01T00:00:00Z": ["2028-02", 29, 0, 1],
		"2026-12-31T00:00:00Z": ["2026-12", 31, 30, 1 / 31],
	}
	clock.month == expected[0] with input.meta.now as now
	clock.days_in_month == expected[1] with input.meta.now as now
	passed := clock.days_passed with input.meta.now as now
	left := clock.month_left with input.meta.now as now
	[_rounded(passed), _rounded(left)] == [_rounded(expected[2]), _rounded(expected[3])]
}

_rounded(number) := round(number * 1000000)

test_day_of_month[day] if {
	some day, expected in {
		"2026-11-01": {1},
		"2026-11-09": {9},
		"2026-11-30": {30},
		"2026-11-31": set(),
		"2026-10-31": set(),
		"2026-12-01": set(),
		"2026-11": set(),
	}
	found := {number | number := clock.day_of_month(day) with input.meta.now as "2026-11-21T12:00:00Z"}
	found == expected
}
