from openai import OpenAI
from pydantic import Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    answer_model: str = "gpt-4o-mini"
    answer_tokens: int = Field(default=120)


settings = Settings()


def answer(text):
    return OpenAI().responses.create(  # call: openai gpt-4o-mini
        model=settings.answer_model, max_output_tokens=settings.answer_tokens, input=text
    )
