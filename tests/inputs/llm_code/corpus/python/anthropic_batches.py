from anthropic import Anthropic
from anthropic.types.message_create_params import MessageCreateParamsNonStreaming
from anthropic.types.messages.batch_create_params import Request


def nightly():
    return Anthropic().messages.batches.create(  # call: anthropic claude-haiku-4-5
        requests=[
            Request(
                custom_id="a",
                params=MessageCreateParamsNonStreaming(model="claude-haiku-4-5", max_tokens=100, messages=[]),
            )
        ]
    )
