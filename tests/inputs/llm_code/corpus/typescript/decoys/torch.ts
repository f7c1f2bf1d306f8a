import * as tf from "@tensorflow/tfjs";

const model = tf.sequential();

export const forward = (x: tf.Tensor) => model.predict(x);
export const complete = (task: { complete(): void }) => task.complete();
