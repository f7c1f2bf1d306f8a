from typing import Annotated

from fastapi import Depends, FastAPI
from openai import AsyncOpenAI

app = FastAPI()


def get_client() -> AsyncOpenAI:
    return AsyncOpenAI()


@app.post("/ask")
async def ask(question: str, client: Annotated[AsyncOpenAI, Depends(get_client)]):
    return await client.chat.completions.create(model="gpt-4.1-mini", messages=[])  # call: openai gpt-4.1-mini
