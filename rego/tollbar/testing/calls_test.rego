package tollbar.testing

# METADATA
# description: |
#   40,000 calls of gpt-4 a month that cost $840.00, with what is given of the calls, and of the resource, merged over
#   them. null takes a key of the calls away.
llm_call(given, about) := resource(object.union(
	{
		"name": "bot",
		"address": "workload.bot",
		"type": "llm_api_call",
		"cloud": "llm",
		"category": "llm",
		"instance_type": "gpt-4",
		"location": {"file": "workloads.yml", "line": 2},
		"monthly_cost": 840,
		"llm": _told(object.union(
			{
				"provider": "openai",
				"model": "gpt-4",
				"calls_per_month": 40000,
				"input_tokens": 400,
				"output_tokens": 150,
				"attempts_per_call": 1,
				"cost_per_call": 0.021,
			},
			given,
		)),
	},
	about,
))

# METADATA
# description: A model of one's own on machines that cost $1,000.00 a month, with what is given of both.
own_model(given, about) := resource(object.union(
	{
		"name": "ranker",
		"address": "workload.ranker",
		"type": "ml_training",
		"cloud": "llm",
		"category": "compute",
		"instance_type": "g5.xlarge",
		"location": {"file": "workloads.yml", "line": 2},
		"monthly_cost": 1000,
		"ml": given,
	},
	about,
))

_told(call) := {key: value | some key, value in call; value != null}
