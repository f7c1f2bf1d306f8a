from openai import OpenAI

client = OpenAI()


def transcribe(path):
    with open(path, "rb") as recording:
        text = client.audio.transcriptions.create(model="whisper-1", file=recording)  # call: openai whisper-1
    client.audio.speech.create(model="tts-1", voice="alloy", input=text.text)  # call: openai tts-1
