/** Files worked on at once: enough to keep the disk busy, few enough never to run out of handles. */
const lanes = 8;

/**
 * Does the work for each item, a few at a time, in their order of start. All that were started have ended, well or not,
 * before the first failure is thrown; after a failure no more are started.
 */
export async function inLanes<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items[Symbol.iterator]();
  const failures: unknown[] = [];
  const lane = async () => {
    for (let next = queue.next(); !next.done && failures.length === 0; next = queue.next()) {
      await work(next.value).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (failures.length > 0) throw failures[0];
}
