import aiohttp

MODEL = "gemini-1.5-flash"


async def ask(key):
    url = f"https://generativelanguage.googleapis.com/v1beta/models/{MODEL}:generateContent?key={key}"
    async with aiohttp.ClientSession() as session, session.post(url, json={"contents": []}) as answer:  # call: http gemini-1.5-flash
        return await answer.json()
