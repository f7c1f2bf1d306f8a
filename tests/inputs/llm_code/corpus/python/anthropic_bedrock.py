from anthropic import AnthropicBedrock

print(AnthropicBedrock().messages.create(model="anthropic.claude-3-5-sonnet-20241022-v2:0", max_tokens=9, messages=[]))  # call: anthropic anthropic.claude-3-5-sonnet-20241022-v2:0
