"""The one place that calls OpenAI: what calls ask() is a call of a model."""

from openai import OpenAI

client = OpenAI(max_retries=3)
SYSTEM = "You answer customers of a bicycle shop. Be brief, be kind, never promise a delivery date."


def ask(question, model, max_tokens=300):
    """Return an answer."""
    messages = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": question}]
    answer = client.chat.completions.create(model=model, max_tokens=max_tokens, messages=messages)
    return answer.choices[0].message.content
