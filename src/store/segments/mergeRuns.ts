import { inOrder, type Entry } from '../entry.ts';

/** Entries in order, a block at a time. */
export interface Run {
  /** Entries that are next, in order; taken by `mergeRuns`. */
  ready: Entry[];
  /** Reads on until `ready` holds something; false at the end. */
  fill(): Promise<boolean>;
  close(): Promise<void>;
}

interface Head<R extends Run> {
  run: R;
  entries: Entry[];
  at: number;
}

const before = (a: Head<Run>, b: Head<Run>) => inOrder(a.entries[a.at]!, b.entries[b.at]!) < 0;

/** Puts the head of the heap where it belongs. */
function sink(heap: Head<Run>[]): void {
  for (let at = 0; ;) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && before(heap[child]!, heap[least]!)) least = child;
    }
    if (least === at) return;
    [heap[at], heap[least]] = [heap[least]!, heap[at]!];
    at = least;
  }
}

async function fill(head: Head<Run>): Promise<boolean> {
  const more = await head.run.fill();
  head.entries = head.run.ready;
  head.at = 0;
  head.run.ready = [];
  return more;
}

/** The entries of all runs in one order, each with the run it came from. Closes them all, also when it is left early. */
export async function* mergeRuns<R extends Run>(runs: readonly R[]): AsyncGenerator<{ entry: Entry; run: R }> {
  const heap: Head<R>[] = [];
  try {
    for (const run of runs) {
      const head = { run, entries: [], at: 0 };
      if (await fill(head)) heap.push(head);
    }
    heap.sort((a, b) => (before(a, b) ? -1 : 1));
    while (heap.length > 0) {
      const head = heap[0]!;
      yield { entry: head.entries[head.at]!, run: head.run };
      head.at += 1;
      if (head.at === head.entries.length && !(await fill(head))) {
        const last = heap.pop()!;
        if (heap.length > 0) heap[0] = last;
      }
      sink(heap);
    }
  } finally {
    for (const run of runs) await run.close();
  }
}

/** As `mergeRuns`, each event once, whatever runs it is in. */
export async function* mergeOnce<R extends Run>(runs: readonly R[]): AsyncGenerator<{ entry: Entry; run: R }> {
  let last: Entry | null = null;
  for await (const next of mergeRuns(runs)) {
    const { entry } = next;
    if (last && last.ms === entry.ms && last.id === entry.id) continue;
    last = entry;
    yield next;
  }
}
