import { expect } from 'chai';
import { z } from 'zod';
import { summarize } from '../../src/cli/run/summarize.ts';
import { exposition } from '../../src/cli/telemetry/exposition.ts';
import { noCounts } from '../../src/memory/memoryCounts.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { extend } from '../../src/pipeline/registry.ts';
import { Run } from '../../src/run/run.ts';
import type { Signal } from '../../src/signal.ts';
import { summary } from '../../src/views/summary/summary.ts';
import { defineSource, sourceOptions } from '../../src/sources/source.ts';
import { eventAt } from '../support/fakes.ts';
import { testIo } from '../support/testIo.ts';

const minute = 60_000;
const io = testIo();
const began = io.now() - 10 * minute;
const at = (ms: number, text = 'request took <n> ms') => eventAt(began + ms, text);
const broken = (column: number): Signal => ({
  kind: 'rejected',
  time: began,
  key: '',
  rejected: { source: 'app', reason: `broken JSON at column ${column}: unexpected "x"`, place: { line: column }, original: 'x' },
});

/** A queue that gives a record twice, one from the future, some too late, some merely out of order, and some broken ones. */
const records: Signal[] = [
  ...Array.from({ length: 100 }, (_, i) => at(i * 6000)),
  at(99 * 6000),
  at(99 * 6000),
  eventAt(io.now() + 400 * 86_400_000, 'dated 2027'),
  at(599_000, 'out of order'),
  at(598_000, 'out of order too'),
  at(597_000, 'and this'),
  at(1000, 'late'),
  at(2000, 'late too'),
  broken(3),
  broken(7),
  broken(9),
];
const queue = defineSource({
  name: 'queue',
  summary: 'Gives what it gave before.',
  options: z.strictObject({ ...sourceOptions }),
  live: true,
  redelivers: true,
  open: () => ({
    batches: (async function* () {
      yield { records, position: 1 };
    })(),
    extent: () => ({ what: 'orders-dlq', bytes: 10_240 }),
    close: async () => {},
  }),
});
const text =
  'name: books\nsources: { app: { queue: {} } }\noperators: [{ group_by: { key: group_id } }, { memory: { window: 1m } }]\nsinks: { screen: { console: { view: none } }, overdue: { from: memory.late, console: { view: none } } }\n';

describe('every record that was read', () => {
  let run: Run;
  let lines: string[];
  before(async () => {
    const registry = extend(builtins, { sources: [queue] });
    run = new Run(loadPipeline('books.yaml', text, { registry, variables: { env: {}, config: () => undefined } }), {
      io,
      dataDir: '/nowhere',
    });
    const report = await run.execute();
    lines = summary(summarize(report, { peakMemory: 1 << 20 }), { columns: 96, color: false, ascii: false, timeZone: 'UTC' });
  });

  it('is in one line of the summary, and the lines add up', () => {
    expect(lines.slice(3, 10)).to.deep.equal([
      '  received             111',
      '    analysed           104',
      '    duplicate            2   id already stored',
      '    late                 2   after their window closed   sink overdue',
      '    rejected             3   3 broken JSON               caducus rejected ls',
      '    held                 0',
      '  balanced       104 + 2 + 2 + 3 + 0 = 111',
    ]);
    expect(lines.slice(11, 13)).to.deep.equal([
      '  source          received   behind',
      '    app                111       0s   orders-dlq, 10 KiB, 4 out of order',
    ]);
  });

  it('is in the metrics', async () => {
    const page = await exposition(
      'books',
      () => run.figures(),
      () => ({ checkpoints: { count: 0, failures: 0, bytes: 0 }, patterns: {}, top: [], memory: noCounts, warnings: [] }),
      io.now,
    ).text();
    for (const line of [
      'caducus_component_received_events_total{pipeline="books",component_id="app",component_type="source"} 111',
      'caducus_component_sent_events_total{pipeline="books",component_id="app",component_type="source"} 106',
      'caducus_component_discarded_events_total{pipeline="books",component_id="app",component_type="source",reason="rejected",intentional="false"} 3',
      'caducus_component_discarded_events_total{pipeline="books",component_id="app",component_type="source",reason="duplicate",intentional="true"} 2',
      'caducus_out_of_order_events_total{pipeline="books",component_id="app",component_type="source"} 4',
      'caducus_late_events_total{pipeline="books"} 2',
    ])
      expect(page.split('\n')).to.include(line);
  });
});
