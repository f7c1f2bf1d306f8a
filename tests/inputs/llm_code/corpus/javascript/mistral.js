import { Mistral } from "@mistralai/mistralai";

const mistral = new Mistral({ apiKey: process.env.MISTRAL_API_KEY });

export async function extractDates(letter) {
  return mistral.chat.complete({ // call: mistral mistral-small-latest
    model: "mistral-small-latest",
    maxTokens: 200,
    messages: [{ role: "user", content: `Extract all dates: ${letter}` }],
  });
}
