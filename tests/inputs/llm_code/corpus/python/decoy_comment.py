"""openai.OpenAI().chat.completions.create(model="gpt-4o") is not called here."""

EXAMPLE = 'client.chat.completions.create(model="gpt-4o", messages=[])'
# client.messages.create(model="claude-opus-4-1", messages=[])
