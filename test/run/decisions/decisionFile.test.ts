import { expect } from 'chai';
import { DecisionFile } from '../../../src/run/decisions/decisionFile.ts';
import type { Decision, SinkDecision } from '../../../src/findings/whyNot/decision.ts';
import type { Pipeline } from '../../../src/pipeline/definition.ts';
import { readDecisionHead, readDecisions } from '../../../src/store/decisions.ts';
import { until } from '../../support/engine/roles.ts';
import { memoryFiles } from '../../support/memoryFiles.ts';
import { partly } from '../../support/typed.ts';

const at = '2026-03-14T10:00:00.000Z';
const pipeline = partly<Pipeline>({ name: 'p', operators: [], sinks: [] });
const rejected: Decision = { kind: 'rejected', at, source: 's', count: 1, reason: 'bad JSON' };
const group: Decision = { kind: 'group', at, last: at, group: 'g', lines: 1, no_level: 0, guessed: 0, late: 0 };
const isWritten = (files: ReturnType<typeof memoryFiles>) => files.texts()['/d/decisions/p/2026-03-14.ndjson'] !== undefined;

describe('decisions on disk', () => {
  it('wait for others, but for the end of a stretch of time and for what was sent', async () => {
    for (const write of [
      (file: DecisionFile) => file.add([rejected, group]),
      (file: DecisionFile) => file.decided(partly<SinkDecision>({ kind: 'sent', at, wall: at })),
      (file: DecisionFile) => file.add(Array.from({ length: 512 }, () => rejected)),
    ]) {
      const files = memoryFiles();
      const file = new DecisionFile(files, '/d', pipeline);
      file.add([rejected]);
      await until(() => readDecisionHead(files, '/d', 'p') !== null);
      expect(isWritten(files)).to.equal(false);
      write(file);
      await until(() => isWritten(files));
      const [first] = await readDecisions(files, '/d', 'p');
      expect(first).to.include({ kind: 'rejected', reason: 'bad JSON' });
    }
  });

  it('are all there once they are flushed, and a disk that is full ends nothing', async () => {
    const files = memoryFiles();
    const file = new DecisionFile(files, '/d', pipeline);
    file.add([rejected]);
    await file.flush();
    expect([file.failure, isWritten(files)]).to.deep.equal([null, true]);
    const full = new DecisionFile({ ...files, makeFolder: () => Promise.reject(new Error('no space')) }, '/d', pipeline);
    full.add([rejected]);
    await full.flush();
    expect(String(full.failure)).to.contain('no space');
  });
});
