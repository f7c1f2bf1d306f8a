import json

import boto3

runtime = boto3.client("bedrock-runtime", region_name="us-east-1")
MODEL_ID = "anthropic.claude-opus-4-1-20250805-v1:0"


def review(diff):
    body = json.dumps(
        {
            "anthropic_version": "bedrock-2023-05-31",
            "max_tokens": 2048,
            "messages": [{"role": "user", "content": [{"type": "text", "text": diff}]}],
        }
    )
    return runtime.invoke_model(modelId=MODEL_ID, body=body)  # call: bedrock anthropic.claude-opus-4-1-20250805-v1:0
