"""AWS list prices, behind the extra ``aws``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.errors import RefreshError

if TYPE_CHECKING:
    from tollbar.catalog.refresh.interface import Connection, PriceSource


def open_source(connection: Connection) -> PriceSource:
    """Return the AWS Price List, asked with the credentials that boto3 finds.

    Raises:
        RefreshError: boto3 is not installed.
        SourceUnavailableError: The profile that AWS_PROFILE names does not exist.
    """
    try:
        import boto3  # noqa: PLC0415 -- an optional extra
    except ModuleNotFoundError as error:
        raise RefreshError(
            "reading AWS prices needs boto3, which is not installed", hint="pip install 'tollbar[aws]'"
        ) from error
    from tollbar.catalog.refresh.aws.clients import Clients, aws_errors  # noqa: PLC0415 -- needs the extra
    from tollbar.catalog.refresh.aws.price_list import AwsPriceList  # noqa: PLC0415 -- needs the extra

    with aws_errors("AWS"):
        session = boto3.session.Session()
    return AwsPriceList(connection, Clients(session, connection.endpoint))
