import { expect } from 'chai';
import { feedSource } from '../../src/run/feedSource.ts';
import type { Feed } from '../../src/pipeline/tests/testCase.ts';
import type { EventSignal } from '../../src/signal.ts';
import { file } from '../../src/sources/file.ts';
import { openSource } from '../support/openSource.ts';
import { pushSource } from '../support/pushSource.ts';
import { testIo } from '../support/testIo.ts';

const start = Date.UTC(2026, 2, 14);
const timing = { start, frame: 1000 };
const { source: push } = pushSource();
const node = { id: 'in', source: push, options: { allowedLateness: 7000 } };

/** The events that a feed gives in place of the source. */
async function fed(feed: Feed) {
  const { source, options } = feedSource(node, feed, timing);
  const { value } = await openSource(source, options, { io: testIo() }).iterator.next();
  return (value as { records: EventSignal[] }).records;
}
const after = (records: readonly EventSignal[]) => records.map(({ time }) => time - start);

describe('the feed of a test in the place of a source', () => {
  it('gives inline records their stamp, their offset, or a frame after the start each', async () => {
    const records = await fed([{ timestamp: '2026-03-14T00:01:00Z' }, { at: '90s' }, { at: 250 }, {}]);
    expect(after(records)).to.deep.equal([60_000, 90_000, 250, 3000]);
  });

  it('refuses an offset that is no length of time', () => {
    expect(() => feedSource(node, [{ at: 'soon' }], timing)).to.throw('"at" of a fed record is no length of time: "soon"');
  });

  it('gives the letters of marbles at their frames, with their values', async () => {
    const records = await fed({ marbles: 'a-b', values: { b: { level: 'error', text: 'down' } } });
    expect(after(records)).to.deep.equal([0, 2000]);
    expect(records.map(({ event: { text, metadata } }) => [text, metadata])).to.deep.equal([
      ['a', {}],
      ['down', { level: 'error' }],
    ]);
  });

  it('takes what is no field of an event for metadata, beside what is given as such', async () => {
    const [record] = await fed([{ id: 'x', source: 's', group_id: 'g', text: 't', level: 'warn', metadata: { host: 'a' } }]);
    expect(record!.event).to.deep.include({ id: 'x', source: 's', group_id: 'g', text: 't', metadata: { level: 'warn', host: 'a' } });
  });

  it('names what has no id by the source and its place', async () => {
    expect((await fed([{}, {}])).map(({ event }) => event.id)).to.deep.equal(['in-000000', 'in-000001']);
  });

  it('keeps the lateness that the source allowed', () => {
    expect(feedSource(node, [], timing).options).to.deep.include({ allowedLateness: 7000 });
  });

  it('reads a file in the format of the file in whose place it stands, to its end; else as NDJSON', () => {
    const options = file.spec.options.parse({ path: 'live.log', format: 'lines', follow: true });
    const same = feedSource({ id: 'in', source: file, options }, 'sample.log', timing);
    expect(same.options).to.deep.include({ path: 'sample.log', follow: false, format: (options as { format: unknown }).format });
    expect(same.name).to.equal('in');
    const other = feedSource(node, 'sample.ndjson', timing);
    expect(other.source.spec.name).to.equal('file');
    expect(other.options).to.deep.include({ path: 'sample.ndjson', follow: false });
  });
});
