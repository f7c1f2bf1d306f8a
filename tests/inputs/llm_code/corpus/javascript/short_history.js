import Anthropic from "@anthropic-ai/sdk";

const anthropic = new Anthropic();
const history = [];

export async function chat(text) {
  history.push({ role: "user", content: text });
  return anthropic.messages.create({ model: "claude-haiku-4-5", max_tokens: 512, messages: history.slice(-10) }); // call: anthropic claude-haiku-4-5
}
