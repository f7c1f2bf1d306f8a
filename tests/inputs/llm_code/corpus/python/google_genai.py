from google import genai
from google.genai import types

client = genai.Client()


async def ask(question):
    await client.aio.models.generate_content(  # call: google gemini-2.5-flash
        model="gemini-2.5-flash", contents=question, config=types.GenerateContentConfig(max_output_tokens=256)
    )
    chat = client.chats.create(model="gemini-2.5-pro")
    return chat.send_message("And why?")  # call: google gemini-2.5-pro
