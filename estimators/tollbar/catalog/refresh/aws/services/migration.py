"""Migration and transfer: AWS DataSync (basic mode), AWS Transfer Family in front of S3, which EFS costs as well."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_FTP = {"operation": "FTP:S3"}
"""All protocols load and store a GB at one price; one of them is read."""
_TRANSFER = (
    *(
        Rule(
            "ProtocolHours",
            f"aws/transfer_family/protocol/{protocol}",
            "hours",
            {"operation": f"{protocol.upper()}:S3"},
        )
        for protocol in ("ftp", "ftps", "sftp")
    ),
    Rule("UploadBytes", "aws/transfer_family/data_uploaded", "GB", _FTP),
    Rule("DownloadBytes", "aws/transfer_family/data_downloaded", "GB", _FTP),
)

SERVICES = (
    Service(
        "datasync", (Query("AWSDataSync"),), by_rules([Rule("Transferred-Bytes", "aws/datasync/data_copied", "GB")])
    ),
    Service("transfer_family", (Query("AWSTransfer"),), by_rules(_TRANSFER)),
)
