"""Amazon Data Firehose: GB ingested, converted and delivered into a VPC."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Rule, Service, by_rules, families

_RULES = (
    Rule(
        r"BilledBytes",
        "aws/firehose/ingested",
        "GB",
        {"group": "Event-by-Event Processing"},
    ),
    Rule(r".+", "aws/firehose/format_conversion", "GB", {"operation": "DataFormatConversion"}),
    Rule(r".+", "aws/firehose/vpc/data", "GB", {"operation": "VpcBandwidth"}),
    Rule(r".+", "aws/firehose/vpc/zone", "hours", {"operation": "RunVpcInstance"}),
)

SERVICE = Service("firehose", families("AmazonKinesisFirehose", "Kinesis Firehose"), by_rules(_RULES))
