from anthropic import AnthropicVertex

client = AnthropicVertex(region="europe-west1", project_id="demo")
print(client.messages.create(model="claude-sonnet-4@20250514", max_tokens=100, messages=[]))  # call: anthropic claude-sonnet-4@20250514
