import OpenAI from "openai";

export const drawCovers = (title) =>
  new OpenAI().images.generate({ model: "dall-e-3", prompt: `A book cover for ${title}`, n: 4 }); // call: openai dall-e-3
