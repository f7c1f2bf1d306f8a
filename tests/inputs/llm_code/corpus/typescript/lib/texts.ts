export const FOOTER = "Answer in " + "one word.";
