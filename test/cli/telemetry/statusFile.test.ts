import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildStatus, readStatus, statusPath, writeStatus, type StatusContext } from '../../../src/cli/telemetry/statusFile.ts';
import { nodeFiles } from '../../../src/io.ts';
import type { RunReport } from '../../../src/run/report.ts';
import { temporaryFolder } from '../../support/storeFixture.ts';

const source = (id: string, read: number, more: object = {}): RunReport['sources'][number] => ({
  id,
  read,
  accepted: read - 1,
  rejected: 1,
  duplicate: 2,
  redacted: { secrets: 0, emails: 0, ips: 0 },
  ...more,
});
const report: RunReport = {
  pipeline: 'p',
  reason: 'stopped',
  took: 0,
  first: null,
  last: null,
  late: 3,
  rejected: [
    { reason: 'a', count: 1, example: '' },
    { reason: 'b', count: 4, example: '' },
  ],
  windows: 0,
  patterns: 0,
  newPatterns: 0,
  findings: 6,
  episodes: 0,
  sources: [source('one', 10), source('two', 20, { trouble: { since: 1000, why: 'refused' }, canary: { at: 2000, took: 30 } })],
  operators: [],
  sinks: [
    {
      id: 'out',
      from: [],
      offered: 9,
      written: 5,
      filtered: 3,
      failed: 1,
      held: 7,
      note: '',
      figures: {},
      trouble: { since: 0, why: 'down' },
    },
  ],
};
const figures = {
  checkpoints: { count: 1, failures: 0, bytes: 8 },
  patterns: { new: 1 },
  top: [],
  memory: { late: 0, unknown: 0, overflowed: 0, templates_evicted: 0, topics_forgotten: 0 },
  warnings: [],
};
const context: StatusContext = { pid: 7, state: 'running', started: 0, now: 5000, problem: 'stale', rate: 12.6 };
const status = buildStatus({ report, newest: 4000, watermark: null, live: true }, figures, context);

describe('the status of a run', () => {
  it('sums its sources and its rejected records', () => {
    expect(status).to.include({ received: 30, accepted: 28, duplicate: 4, rejected: 5, late: 3, findings: 6 });
  });

  it('has times in ISO 8601, null where there is none yet, and a whole rate', () => {
    expect(status).to.include({
      started: '1970-01-01T00:00:00.000Z',
      updated: '1970-01-01T00:00:05.000Z',
      newest: '1970-01-01T00:00:04.000Z',
      watermark: null,
      events_per_second: 13,
    });
  });

  it('says of each source and sink what keeps it, and nothing of those that are well', () => {
    expect(status.sources).to.deep.equal([
      { id: 'one', received: 10 },
      {
        id: 'two',
        received: 20,
        trouble: { since: '1970-01-01T00:00:01.000Z', why: 'refused' },
        canary: { at: '1970-01-01T00:00:02.000Z', took_ms: 30 },
      },
    ]);
    expect(status.sinks).to.deep.equal([
      { id: 'out', written: 5, failed: 1, held: 7, trouble: { since: '1970-01-01T00:00:00.000Z', why: 'down' } },
    ]);
  });

  describe('as a file', () => {
    const dataDir = temporaryFolder();
    const path = () => statusPath(dataDir(), 'p');
    beforeEach(() => mkdirSync(join(path(), '..'), { recursive: true }));

    it('is read as it was written, and replaces the one before', async () => {
      await writeStatus(nodeFiles, dataDir(), { ...status, state: 'stopped' });
      await writeStatus(nodeFiles, dataDir(), status);
      expect(await readStatus(nodeFiles, path())).to.deep.include(JSON.parse(JSON.stringify(status)) as object);
      expect(readdirSync(join(path(), '..'))).to.deep.equal(['status.json']);
    });

    it('is none where there is none', async () => {
      expect(await readStatus(nodeFiles, path())).to.equal(null);
    });

    for (const text of ['', '{"pipeline":"p"', 'null', '[]', '{"pipeline":"p","updated":"x"}', '{"pipeline":1,"updated":"x","sinks":[]}']) {
      it(`is none where it holds ${JSON.stringify(text)}`, async () => {
        writeFileSync(path(), text);
        expect(await readStatus(nodeFiles, path())).to.equal(null);
      });
    }

    it('is none behind a link', async () => {
      const elsewhere = join(dataDir(), 'elsewhere.json');
      writeFileSync(elsewhere, JSON.stringify(status));
      symlinkSync(elsewhere, path());
      expect(await readStatus(nodeFiles, path())).to.equal(null);
    });
  });
});
