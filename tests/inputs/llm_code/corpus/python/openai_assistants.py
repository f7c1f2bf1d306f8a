from openai import OpenAI

client = OpenAI()
assistant = client.beta.assistants.create(name="Tutor", model="gpt-4-turbo", instructions="Teach.")


def lesson(thread_id):
    return client.beta.threads.runs.create_and_poll(thread_id=thread_id, assistant_id=assistant.id)  # call: openai gpt-4-turbo
