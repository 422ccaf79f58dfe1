import type { Pipeline } from '../pipeline/definition.ts';

/** Bytes of messages after which a checkpoint is taken. */
const most = 32 * 2 ** 20;

/** When a checkpoint is due: after so many bytes, or so much time as the pipeline says; asked with each message. */
export function dueAfter({ every }: Pick<Pipeline['checkpoint'], 'every'>, monotonic: () => number): (bytes: number) => boolean {
  let [since, at] = [0, monotonic()];
  return (bytes) => {
    since += bytes;
    if (since < most && monotonic() - at < every) return false;
    [since, at] = [0, monotonic()];
    return true;
  };
}
