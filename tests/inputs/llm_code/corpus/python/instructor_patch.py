import instructor
from openai import OpenAI
from pydantic import BaseModel

client = instructor.from_openai(OpenAI())


class User(BaseModel):
    name: str


print(client.chat.completions.create(model="gpt-4o-mini", response_model=User, messages=[]))  # call: instructor gpt-4o-mini
