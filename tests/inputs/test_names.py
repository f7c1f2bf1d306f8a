"""References that are made by name."""

from __future__ import annotations

from tollbar.inputs.names import with_references_by_name
from tollbar.resource import Attributes, Resource


def _azure(address: str, **attributes: str) -> Resource:
    type_name, label = address.split(".")
    return Resource(address, type_name, label, "azure", "eastus", Attributes(attributes))


def _owner_of(endpoint: str, *profiles: str) -> tuple[str, ...] | None:
    named = [_azure(f"azurerm_cdn_profile.{profile}", name="video") for profile in profiles]
    resources = [*named, _azure(f"azurerm_cdn_endpoint.{endpoint}", name="e", profile_name="video")]
    return with_references_by_name(resources)[-1].references.get("profile_name")


def test_what_is_named_is_referred_to() -> None:
    assert _owner_of("any", "one") == ("azurerm_cdn_profile.one",)


def test_of_several_with_one_name_the_one_with_the_label_is_meant() -> None:
    assert _owner_of("eu", "us", "eu") == ("azurerm_cdn_profile.eu",)
    assert _owner_of("eu_live", "us", "eu") == ("azurerm_cdn_profile.eu",)
    assert _owner_of("eu_live", "eu", "eu_live") == ("azurerm_cdn_profile.eu_live",)


def test_where_labels_do_not_tell_nothing_is_guessed() -> None:
    assert _owner_of("asia", "us", "eu") is None
    assert _owner_of("europe", "us", "eu") is None


def test_another_kind_of_thing_with_the_name_is_not_meant() -> None:
    group = _azure("azurerm_resource_group.g", name="video")
    endpoint = _azure("azurerm_cdn_endpoint.e", name="e", profile_name="video")
    assert with_references_by_name([group, endpoint])[-1].references == {}
