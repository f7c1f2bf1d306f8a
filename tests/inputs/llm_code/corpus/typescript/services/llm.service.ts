import { Injectable } from "@nestjs/common";
import OpenAI from "openai";

interface Options {
  model?: string;
  maxTokens?: number;
}

@Injectable()
export class LlmService {
  private readonly client: OpenAI;

  constructor() {
    this.client = new OpenAI({ maxRetries: 4 });
  }

  async complete(prompt: string, { model = "gpt-4o-mini", maxTokens = 500 }: Options = {}) {
    return this.client.chat.completions.create({
      model,
      max_tokens: maxTokens,
      messages: [{ role: "user", content: prompt }],
    });
  }
}
