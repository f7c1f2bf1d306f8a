"""What a GPU is called: one name for the many ways in which clouds write it.

The source table's own short name is not taken: it calls a GH200 an H200, an RTX 3090 Ti an RTX 3090, and
both a Quadro RTX 6000 and an RTX 6000 Ada an RTX PRO 6000.
"""

from __future__ import annotations

import re

_NOISE = frozenset(
    "nvidia amd tesla geforce radeon hgx sxm sxm2 sxm4 sxm5 sxm6 pcie nvl nvlink mega se we cc blackwell mod".split()  # noqa: SIM905 -- a word list
)
_ALIASES = {
    "a4000": "rtx_a4000",
    "a4500": "rtx_a4500",
    "a5000": "rtx_a5000",
    "a6000": "rtx_a6000",
    "rtx_4000": "quadro_rtx_4000",
    "rtx_5000": "quadro_rtx_5000",
    "rtx_6000": "quadro_rtx_6000",
    "rtx_6000_pro": "rtx_pro_6000",
    "rtx_pro_a6000": "rtx_pro_6000",
    "rtx_pro_server_6000": "rtx_pro_6000",
    "pro_v520": "radeon_pro_v520",
}
"""Short forms. "RTX 4000", "5000" and "6000" without more are the Quadro cards, sold before RTX A and Ada."""
_MEMORY = re.compile(r"\b(\d+) ?gb?\b")
_SIZES = {"a100": "40gb", "v100": "16gb"}
"""GPUs made with two sizes of memory, and the one meant where a catalogue names none."""


def gpu_name(model: str, memory_gib: int | None = None) -> str:
    """Return the name of a GPU model as it stands in price paths: ``h100``, ``a100_80gb``, ``rtx_4090``.

    ``memory_gib`` is the memory of one GPU where the catalogue tells it apart from the name.
    """
    text = model.lower()
    told = _MEMORY.search(text)
    text = _MEMORY.sub(" ", re.sub(r"\([^)]*\)", " ", text))
    text = re.sub(r"\b(rtx|gtx)(?=[a\d])", r"\1 ", text)
    words = [word for word in re.split(r"[^a-z0-9]+", text) if word and word not in _NOISE]
    name = "_".join(words)
    name = _ALIASES.get(name, name)
    if name not in _SIZES:
        return name
    size = f"{memory_gib}gb" if memory_gib else f"{told[1]}gb" if told else _SIZES[name]
    return f"{name}_{size}"
