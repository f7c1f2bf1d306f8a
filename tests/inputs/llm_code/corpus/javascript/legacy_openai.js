const { Configuration, OpenAIApi } = require("openai");

const api = new OpenAIApi(new Configuration({ apiKey: process.env.OPENAI_API_KEY }));

async function ask(question) {
  return api.createChatCompletion({ model: "gpt-3.5-turbo", messages: [{ role: "user", content: question }] }); // call: openai gpt-3.5-turbo
}

module.exports = { ask };
