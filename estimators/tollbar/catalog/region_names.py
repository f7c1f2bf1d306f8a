"""What people call the vendors' regions: codes with or without hyphens, the vendors' display names, cities.

Source: the region lists in the documentation of AWS, Google Cloud and Azure, 2026-11.
"""

from __future__ import annotations

import re
import unicodedata

_AWS = """
us-east-1: n virginia, north virginia, northern virginia, virginia
us-east-2: ohio
us-west-1: n california, northern california, california
us-west-2: oregon
us-gov-east-1: govcloud east
us-gov-west-1: govcloud, govcloud west
af-south-1: cape town, south africa
ap-east-1: hong kong
ap-northeast-1: tokyo, japan
ap-northeast-2: seoul, korea, south korea
ap-northeast-3: osaka
ap-south-1: mumbai, india
ap-south-2: hyderabad
ap-southeast-1: singapore
ap-southeast-2: sydney, australia
ap-southeast-3: jakarta, indonesia
ap-southeast-4: melbourne
ap-southeast-5: malaysia
ap-southeast-7: thailand, bangkok
ca-central-1: canada, montreal
ca-west-1: calgary
eu-central-1: frankfurt, germany
eu-central-2: zurich, switzerland
eu-north-1: stockholm, sweden
eu-south-1: milan, italy
eu-south-2: spain
eu-west-1: ireland, dublin
eu-west-2: london, uk, united kingdom
eu-west-3: paris, france
il-central-1: tel aviv, israel
me-central-1: uae, dubai
me-south-1: bahrain
mx-central-1: mexico
sa-east-1: sao paulo, brazil
us-west-2-lax-1: los angeles local zone
"""

_GCP = """
africa-south1: johannesburg, south africa
asia-east1: taiwan
asia-east2: hong kong
asia-northeast1: tokyo, japan
asia-northeast2: osaka
asia-northeast3: seoul, korea, south korea
asia-south1: mumbai, india
asia-south2: delhi
asia-southeast1: singapore
asia-southeast2: jakarta, indonesia
asia-southeast3: thailand, bangkok
australia-southeast1: sydney, australia
australia-southeast2: melbourne
europe-central2: warsaw, poland
europe-north1: finland, hamina
europe-north2: stockholm, sweden
europe-southwest1: madrid, spain
europe-west1: belgium
europe-west10: berlin
europe-west12: turin
europe-west2: london, uk, united kingdom
europe-west3: frankfurt, germany
europe-west4: netherlands, eemshaven
europe-west6: zurich, switzerland
europe-west8: milan, italy
europe-west9: paris, france
me-central1: doha, qatar
me-central2: dammam
me-west1: tel aviv, israel
northamerica-northeast1: montreal, canada
northamerica-northeast2: toronto
northamerica-south1: queretaro, mexico
southamerica-east1: sao paulo, brazil
southamerica-west1: santiago, chile
us-central1: iowa
us-central2: oklahoma
us-east1: south carolina, s carolina
us-east4: n virginia, north virginia, northern virginia, virginia
us-east5: columbus, ohio
us-south1: dallas, texas
us-west1: oregon
us-west2: los angeles, california
us-west3: salt lake city, utah
us-west4: las vegas, nevada
asia1:
eur3:
eur4:
eur5:
eur7:
eur8:
nam4:
nam5:
us-east7:
us-west8:
"""

_AZURE = """
australiacentral: canberra
australiacentral2:
australiaeast: sydney, australia
australiasoutheast: melbourne
belgiumcentral: belgium
brazilsouth: sao paulo, brazil
canadacentral: canada, toronto
canadaeast: quebec
centralindia: pune, india
centralus: iowa
eastasia: hong kong
eastus: virginia, n virginia, north virginia
eastus2:
francecentral: paris, france
francesouth:
germanynorth: berlin
germanywestcentral: frankfurt, germany
israelcentral: israel
italynorth: milan, italy
japaneast: tokyo, japan
japanwest: osaka
jioindiacentral:
jioindiawest:
koreacentral: seoul, korea, south korea
koreasouth: busan
mexicocentral: queretaro, mexico
northcentralus: illinois, chicago
northeurope: ireland, dublin
norwayeast: oslo, norway
norwaywest:
polandcentral: warsaw, poland
qatarcentral: doha, qatar
southafricanorth: johannesburg, south africa
southafricawest: cape town
southcentralus: texas
southeastasia: singapore
southindia: chennai
spaincentral: madrid, spain
swedencentral: stockholm, sweden
swedensouth:
switzerlandnorth: zurich, switzerland
switzerlandwest: geneva
uaecentral: abu dhabi
uaenorth: dubai, uae
uksouth: london, uk, united kingdom
ukwest: cardiff
westcentralus: wyoming
westeurope: netherlands, amsterdam
westindia: mumbai
westus: california
westus2: washington
westus3: phoenix, arizona
"""

LONGEST_NAME = 4
"""Of how many words a name has at the most."""


def _together(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower())  # São Paulo is Sao Paulo
    return re.sub(r"[^a-z0-9]", "", plain)


def _read(*lists: str) -> dict[str, tuple[str, ...]]:
    named: dict[str, tuple[str, ...]] = {}
    for line in (line for text in lists for line in text.strip().splitlines()):
        code, _, names = line.partition(":")
        for name in (code, *filter(None, (name.strip() for name in names.split(",")))):
            named[_together(name)] = (*named.get(_together(name), ()), code)
    return named


_NAMED = _read(_AWS, _GCP, _AZURE)
_CODES = frozenset(code for codes in _NAMED.values() for code in codes)
_LISTS = {"aws": _AWS, "azure": _AZURE, "gcp": _GCP}


def regions_called(text: str) -> tuple[str, ...]:
    """Return the codes of the regions that people call so, in all clouds; empty where it is no region's name.

    A code as its vendor spells it is only itself: ``us-east-1`` is not ``us-east1``.
    """
    spelled = text.lower()
    return (spelled,) if spelled in _CODES else _NAMED.get(_together(spelled), ())


def region_names() -> frozenset[str]:
    """Return the codes of all regions known by name."""
    return _CODES


def regions_of(cloud: str) -> frozenset[str]:
    """Return the codes of a cloud's regions; none for what has no regions."""
    return frozenset(line.partition(":")[0] for line in _LISTS.get(cloud, "").split("\n") if line)


def region_codes(text: str, cloud: str) -> tuple[str, ...]:
    """Return the codes of the regions of one cloud that people call so."""
    known = regions_of(cloud)
    return tuple(code for code in regions_called(text) if code in known)
