from litellm import Router

router = Router(
    model_list=[
        {"model_name": "fast", "litellm_params": {"model": "gemini/gemini-2.0-flash", "max_tokens": 300}},
        {"model_name": "smart", "litellm_params": {"model": "openai/gpt-4.1"}},
    ]
)


async def ask(messages):
    return await router.acompletion(model="smart", messages=messages)  # call: litellm gpt-4.1
