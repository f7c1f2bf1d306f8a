import { fast } from "../constants_across_files";

export async function nightly(questions: string[]) {
  for (const question of questions) {
    await fast(question);
  }
}
