import { appendFileSync, readdirSync } from 'node:fs';
import { expect } from 'chai';
import { nodeFiles } from '../../src/io.ts';
import type { Decision } from '../../src/findings/whyNot/decision.ts';
import { appendDecisions, decisionsFolder, readDecisionHead, readDecisions, writeDecisionHead } from '../../src/store/decisions.ts';
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
});
