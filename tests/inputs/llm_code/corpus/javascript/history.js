import Anthropic from "@anthropic-ai/sdk";

const anthropic = new Anthropic();
const history = [];

export async function chat(text) {
  history.push({ role: "user", content: text });
  const reply = await anthropic.messages.create({ model: "claude-3-5-haiku-latest", max_tokens: 1024, messages: history }); // call: anthropic claude-3-5-haiku-latest
  history.push({ role: "assistant", content: reply.content });
  return reply;
}
