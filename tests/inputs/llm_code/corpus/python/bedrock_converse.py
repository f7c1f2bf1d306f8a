import boto3


class Writer:
    model_id = "us.amazon.nova-pro-v1:0"

    def __init__(self, session=None):
        self.runtime = (session or boto3.Session()).client(service_name="bedrock-runtime")

    def write(self, text):
        return self.runtime.converse(  # call: bedrock us.amazon.nova-pro-v1:0
            modelId=self.model_id,
            messages=[{"role": "user", "content": [{"text": text}]}],
            inferenceConfig={"maxTokens": 700},
        )
