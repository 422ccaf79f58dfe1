import { appendFileSync, readdirSync } from 'node:fs';
import { expect } from 'chai';
import { nodeFiles } from '../../src/io.ts';
import type { Decision, SinkDecision } from '../../src/findings/whyNot/decision.ts';
import {
  appendDecisions,
  cutDecisions,
  decisionsFolder,
  measureDecisions,
  readDecisionHead,
  readDecisions,
  writeDecisionHead,
} from '../../src/store/decisions.ts';
import { partly } from '../support/typed.ts';
import { temporaryFolder } from '../support/testIo.ts';

describe('what was decided', () => {
  const data = temporaryFolder();
  const folder = decisionsFolder(data.path, 'shop');
  const line = (at: string): Decision => ({ kind: 'rejected', at, source: 's', count: 1, reason: 'bad JSON' });
  const append = (...times: string[]) => appendDecisions(nodeFiles, folder, times.map(line));

  it('is kept by the day, and for a week before the newest', async () => {
    await append('2026-03-01T10:00:00.000Z', '2026-03-08T10:00:00.000Z');
    expect((await readDecisions(nodeFiles, data.path, 'shop')).map(({ at }) => at.slice(5, 10))).to.deep.equal(['03-01', '03-08']);
    await append('2026-03-09T10:00:00.000Z');
    expect(readdirSync(folder)).to.deep.equal(['2026-03-08.ndjson', '2026-03-09.ndjson']);
  });

  it('is read although a crash tore a line', async () => {
    appendFileSync(`${folder}/2026-03-09.ndjson`, '{"kind":"rejec\n');
    await append('2026-03-09T11:00:00.000Z');
    expect(await readDecisions(nodeFiles, data.path, 'shop')).to.have.lengthOf(3);
  });

  it('comes with what ran', async () => {
    expect(readDecisionHead(nodeFiles, data.path, 'shop')).to.equal(null);
    const head = { pipeline: 'shop', rules: [], sinks: [{ id: 'pager', sends: true }] };
    await writeDecisionHead(nodeFiles, data.path, head);
    expect(readDecisionHead(nodeFiles, data.path, 'shop')).to.deep.equal(head);
    expect(await readDecisions(nodeFiles, data.path, 'other')).to.deep.equal([]);
  });

  it('goes back to where it stood, but for what sinks have done since', async () => {
    const own = decisionsFolder(data.path, 'cut');
    const days = ['2026-03-10T10:00:00.000Z', '2026-03-11T10:00:00.000Z', '2026-03-12T10:00:00.000Z'] as const;
    await appendDecisions(nodeFiles, own, [line(days[0]), line(days[1])]);
    const sizes = await measureDecisions(nodeFiles, own);
    expect(Object.keys(sizes)).to.deep.equal(['2026-03-10', '2026-03-11']);
    const sent = partly<SinkDecision>({ kind: 'sent', at: days[1], wall: days[2], sink: 'pager' });
    await appendDecisions(nodeFiles, own, [line(days[1]), sent, line(days[1]), line(days[2])]);
    for (let again = 0; again < 2; again += 1) {
      await cutDecisions(nodeFiles, own, sizes);
      const kept = await readDecisions(nodeFiles, data.path, 'cut');
      expect(kept.map((one) => `${one.kind} ${one.at}`)).to.deep.equal([`rejected ${days[0]}`, `rejected ${days[1]}`, `sent ${days[1]}`]);
    }
    expect(readdirSync(own)).to.deep.equal(['2026-03-10.ndjson', '2026-03-11.ndjson']);
  });

  it('is left as it is where a crash took more than was to go', async () => {
    const own = decisionsFolder(data.path, 'short');
    await appendDecisions(nodeFiles, own, [line('2026-03-10T10:00:00.000Z')]);
    await cutDecisions(nodeFiles, own, { '2026-03-10': 9_999, '2026-03-09': 7 });
    expect(await readDecisions(nodeFiles, data.path, 'short')).to.have.lengthOf(1);
    expect(readdirSync(own)).to.deep.equal(['2026-03-10.ndjson']);
  });
});
