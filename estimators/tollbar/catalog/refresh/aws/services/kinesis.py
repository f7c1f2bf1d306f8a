"""Amazon Kinesis Data Streams: on-demand and provisioned streams.

Retention up to seven days is sold by the shard-hour to provisioned streams, by the GB to on-demand ones.
"""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Rule, Service, by_rules, families

_ON_DEMAND, _PROVISIONED = "aws/kinesis/on_demand", "aws/kinesis/provisioned"
_RULES = (
    Rule("OnDemand-StreamHour", f"{_ON_DEMAND}/stream", "hours"),
    Rule("OnDemand-BilledIncomingBytes", f"{_ON_DEMAND}/data_in", "GB"),
    Rule("OnDemand-BilledOutgoingBytes", f"{_ON_DEMAND}/data_out", "GB"),
    Rule("OnDemand-BilledOutgoingEFOBytes", f"{_ON_DEMAND}/efo_data_out", "GB"),
    Rule("OnDemand-ExtendedRetention-ByteHrs", f"{_ON_DEMAND}/extended_retention", "GB-months"),
    Rule("OnDemand-LongTermRetention-ByteHrs", f"{_ON_DEMAND}/long_term_retention", "GB-months"),
    Rule("Storage-ShardHour", f"{_PROVISIONED}/shard", "hours"),
    Rule("PutRequestPayloadUnits", f"{_PROVISIONED}/put_units", "requests"),
    Rule("Extended-ShardHour", f"{_PROVISIONED}/extended_retention_shard", "hours"),
    Rule("LongTermRetention-ByteHrs", f"{_PROVISIONED}/long_term_retention", "GB-months"),
    Rule("LongTermRetention-ReadBytes", f"{_PROVISIONED}/long_term_retrieval", "GB"),
    Rule("ReadBytes", f"{_PROVISIONED}/efo_data_out", "GB", {"operation": "EnhancedFanoutDataRetrieval"}),
    Rule("EnhancedFanoutHour", f"{_PROVISIONED}/efo_consumers", "hours", {"operation": "ConsumerHour"}),
)

SERVICE = Service("kinesis", families("AmazonKinesis", "Kinesis Streams"), by_rules(_RULES))
