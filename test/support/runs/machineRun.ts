import { Subject, toArray, from } from 'rxjs';
import { groupBy } from '../../../operators/groupBy.ts';
import { RunClock, type Flow, type Instance, type OperatorEntry } from '../../../src/kernel/defineOperator.ts';
import { memory } from '../../../operators/memory.ts';
import type { Json } from '../../../src/event.ts';
import { eventSignal } from '../../../src/testing.ts';

const lines = [
  (i: number) => `Received block blk_${1000 + i * 7919} of size ${i * 31} from 10.0.0.${i % 250}`,
  (i: number) => `PacketResponder ${i % 3} for block blk_${1000 + i * 104729} terminating`,
  (i: number) => `user u${i % 5} logged in from host-${i % 3}`,
  (i: number) => `Disk failure on dn${i % 4}, volume /data/${i % 3} removed`,
];
/** Options under which an operator has something to do with these signals; its defaults where none are given. */
export const listOptions: Record<string, object> = {
  memory: { window: 5000, early: 1000 },
  normalize: { groupId: '{source}:{component}' },
  spike: { bucket: '1s', warmup: 5 },
  budget: { limit: '100', currency: 'USD', defaultCurrency: 'USD' },
  episodes: { minScore: 0, states: ['new', 'returning', 'rising', 'falling', 'gone'], groupWait: '2s' },
  rules: [
    { name: 'new', when: { state: ['new', 'rising'] }, severity: 'critical' },
    { name: 'quiet', when: { noData: true, group: 's1' }, for: '1s' },
  ],
  sessions: { by: { slot: 'block' }, idle: '4s', minSessions: 5, threshold: 1, record: 'all', clear: '6s' },
  breaker: { failure: { match: 'failure' }, failureThreshold: 1, waitInOpen: '2s' },
};

/** Events of three sources, one every 170 ms and every eleventh out of order, with the blips they give: food for any operator. */
export function mixedSignals(events: number): Flow[] {
  const raw = Array.from({ length: events }, (_, i) => {
    const time = 170 * i - (i % 11 === 0 ? 900 : 0) + 1_700_000_000_000;
    const metadata = {
      level: i % 17 === 0 ? 'error' : 'info',
      spend: i / 8,
      ok: i % 3 > 0,
      ...(i % 23 === 0 ? {} : { component: `c${i % 2}` }),
    };
    return eventSignal(lines[i % 29 === 0 ? 3 : i % 3]!(i), time, {
      id: `e${i}`,
      source: `s${i % 3}`,
      group_id: `s${i % 3}:g`,
      metadata,
    });
  });
  let out: Flow[] = [];
  from<Flow[]>(raw)
    .pipe(groupBy({ key: 'source' }), memory({ window: 5000 }), toArray())
    .subscribe((all) => (out = all));
  return out;
}

/**
 * The output of an operator over signals that come in batches of these sizes (the last size repeats), the clock moving
 * after each signal. With `reload`, the state is saved, passed through it, and loaded into a new instance between batches.
 */
export function runInBatches(
  operator: OperatorEntry,
  signals: readonly Flow[],
  sizes: readonly number[],
  reload?: (state: Json) => Json,
): Flow[] {
  const out: Flow[] = [];
  let source = new Subject<Flow>();
  let clock = new RunClock();
  let instance: Instance | undefined;
  const open = () =>
    source
      .pipe(operator.inRun(listOptions[operator.spec.name] ?? {}, { clock, attached: (one) => (instance = one) }))
      .subscribe((s) => out.push(s));
  let subscription = open();
  let watermark = Number.NEGATIVE_INFINITY;
  for (let at = 0, batch = 0; at < signals.length; batch++) {
    const size = sizes[Math.min(batch, sizes.length - 1)]!;
    for (const signal of signals.slice(at, at + size)) {
      watermark = Math.max(watermark, signal.time);
      clock.advance(watermark);
      source.next(signal);
    }
    at += size;
    if (!reload || at >= signals.length) continue;
    const state = reload(instance!.save());
    subscription.unsubscribe();
    source = new Subject();
    clock = new RunClock();
    subscription = open();
    clock.restore(watermark);
    instance!.load(state);
  }
  source.complete();
  subscription.unsubscribe();
  return out;
}
