export default { generateText: (options) => options };
