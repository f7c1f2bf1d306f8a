from openai import OpenAI
from pydantic import BaseModel


class Invoice(BaseModel):
    total: float


def read_invoice(text):
    client = OpenAI()
    answer = client.beta.chat.completions.parse(  # call: openai gpt-4o-mini
        model="gpt-4o-mini", messages=[{"role": "user", "content": text}], response_format=Invoice
    )
    return answer.choices[0].message.parsed
