import type { Anthropic } from "@anthropic-ai/sdk";

export class Judge {
  constructor(private readonly claude: Anthropic) {}

  async score(answer: string) {
    return this.claude.messages.create({ model: "claude-opus-4-1", max_tokens: 10, messages: [{ role: "user", content: answer }] }); // call: anthropic claude-opus-4-1
  }
}
