import { expect } from 'chai';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { extend } from '../../../src/pipeline/registry.ts';
import { imbalances } from '../../../src/run/report.ts';
import { Run } from '../../../src/run/run.ts';
import { defineSource, sourceOptions } from '../../../src/sources/source.ts';
import { z } from 'zod';
import { eventAt } from '../../support/fakes.ts';
import { testIo } from '../../support/testIo.ts';

/** A source of somebody's own that forgets the time of some of its records. */
const forgetful = (live: boolean, sequential: boolean) =>
  defineSource({
    name: 'forgetful',
    summary: 'gives records, some without a time',
    options: z.strictObject(sourceOptions),
    live,
    sequential,
    open: () => ({
      batches: (async function* () {
        const timeless = { ...eventAt(0, 'when was this?'), time: Number.NaN };
        yield { records: [timeless, eventAt(1000, 'a'), timeless, eventAt(2000, 'b')], position: 1 };
      })(),
      close: async () => {},
    }),
  });

describe('records without a time', () => {
  for (const [live, sequential] of [
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ] as const) {
    it(`of a ${live ? 'live' : 'finite'} source ${sequential ? 'in sequence' : 'in any order'} are rejected, counted, and hold up none of the others`, async () => {
      const registry = extend(builtins, { sources: [forgetful(live, sequential)] });
      const text = `name: p\nsources: { in: { forgetful: {} } }\noperators:\n  - group_by: { key: group_id }\n  - memory: { window: 1m }\n  - rank: {}\n`;
      const pipeline = loadPipeline('p.yaml', text, { registry, variables: { env: {}, config: () => undefined } });
      const report = await new Run(pipeline, { io: testIo(), dataDir: '/nowhere' }).execute();
      expect(report.sources[0]).to.include({ read: 4, accepted: 2, rejected: 2 });
      expect(report.rejected.map(({ reason, count }) => [reason, count])).to.deep.equal([['event without a time', 2]]);
      expect(report).to.include({ patterns: 2 });
      expect(imbalances(report)).to.deep.equal([]);
    });
  }
});
