from openai import OpenAI

client = OpenAI(base_url="https://api.deepseek.com/v1")


def ask(question):
    raw = client.with_options(max_retries=0).chat.completions.with_raw_response.create(  # call: openai deepseek-chat
        model="deepseek-chat", messages=[{"role": "user", "content": question}]
    )
    return raw.parse()
