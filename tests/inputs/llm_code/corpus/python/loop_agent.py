from openai import OpenAI

client = OpenAI()
MAX_STEPS = 12


def work(task):
    messages = [{"role": "user", "content": task}]
    step = 0
    while True:
        answer = client.chat.completions.create(model="gpt-4.1", messages=messages)  # call: openai gpt-4.1 x1-12
        messages.append(answer.choices[0].message)
        step += 1
        if step >= MAX_STEPS:
            return answer
