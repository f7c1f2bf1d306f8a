import { LlmService } from "./llm.service";

export class Reports {
  constructor(private readonly llm: LlmService) {}

  async summarize(pages: string[]) {
    return Promise.all(pages.map((page) => this.llm.complete(`Summarize: ${page}`, { model: "gpt-4.1", maxTokens: 200 }))); // call: openai gpt-4.1 x1-?
  }

  async title(page: string) {
    return this.llm.complete(`Title for: ${page}`); // call: openai gpt-4o-mini
  }
}
