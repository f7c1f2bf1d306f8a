import { BedrockRuntimeClient, ConverseCommand, InvokeModelCommand } from "@aws-sdk/client-bedrock-runtime";
import AnthropicBedrock from "@anthropic-ai/bedrock-sdk";

const bedrock = new BedrockRuntimeClient({ region: "eu-central-1", maxAttempts: 5 });

export async function invoke(prompt: string) {
  const command = new InvokeModelCommand({
    modelId: "anthropic.claude-3-haiku-20240307-v1:0",
    body: JSON.stringify({ max_tokens: 512, messages: [{ role: "user", content: prompt }] }),
  });
  return bedrock.send(command); // call: bedrock anthropic.claude-3-haiku-20240307-v1:0
}

export const converse = () =>
  bedrock.send(new ConverseCommand({ modelId: "amazon.nova-lite-v1:0", inferenceConfig: { maxTokens: 100 }, messages: [] })); // call: bedrock amazon.nova-lite-v1:0

export const claude = () =>
  new AnthropicBedrock().messages.create({ model: "us.anthropic.claude-sonnet-4-20250514-v1:0", max_tokens: 64, messages: [] }); // call: bedrock us.anthropic.claude-sonnet-4-20250514-v1:0
