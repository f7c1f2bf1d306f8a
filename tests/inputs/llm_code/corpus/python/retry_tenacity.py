from openai import OpenAI
from tenacity import retry, stop_after_attempt, wait_exponential


@retry(stop=stop_after_attempt(5), wait=wait_exponential())
def ask():
    return OpenAI(max_retries=0).responses.create(model="gpt-4o", input="Hi")  # call: openai gpt-4o
