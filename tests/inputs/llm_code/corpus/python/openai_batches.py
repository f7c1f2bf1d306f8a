from openai import OpenAI

client = OpenAI()


def nightly(path):
    upload = client.files.create(file=open(path, "rb"), purpose="batch")
    return client.batches.create(  # call: openai ?
        input_file_id=upload.id, endpoint="/v1/chat/completions", completion_window="24h"
    )
