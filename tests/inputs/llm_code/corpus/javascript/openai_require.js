const { OpenAI } = require("openai");
const settings = require("./settings.json");

const openai = new OpenAI({ maxRetries: 5 });

module.exports.describe = async function describe(image) {
  return openai.responses.create({ model: settings.models.vision, max_output_tokens: 1000, input: image }); // call: openai gpt-4.1
};
