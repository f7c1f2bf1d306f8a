import { OpenAI } from "openai";

const openai = new OpenAI();

export async function embedAll(documents) {
  const vectors = [];
  for (const document of documents) {
    vectors.push(await openai.embeddings.create({ model: "text-embedding-3-small", input: document })); // call: openai text-embedding-3-small x1-?
  }
  return vectors;
}
