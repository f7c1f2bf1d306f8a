from enum import Enum

from anthropic import Anthropic


class Tier(str, Enum):
    FAST = "claude-3-5-haiku-latest"
    SMART = "claude-opus-4-1"


MODELS = {"fast": Tier.FAST.value, "smart": Tier.SMART}
print(Anthropic().messages.create(model=MODELS["smart"], max_tokens=10, messages=[]))  # call: anthropic claude-opus-4-1
