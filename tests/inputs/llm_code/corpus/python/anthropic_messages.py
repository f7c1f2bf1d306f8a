import anthropic

client = anthropic.Anthropic()
SYSTEM = "You answer tersely."


def ask(question):
    return client.messages.create(  # call: anthropic claude-sonnet-4-5
        model="claude-sonnet-4-5",
        max_tokens=512,
        system=SYSTEM,
        messages=[{"role": "user", "content": question}],
    )
