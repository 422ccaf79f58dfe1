import { expect } from 'chai';
import type { Signal } from '../../src/signal.ts';
import { keepReading, readKept, signalLine } from '../../src/store/keptReading.ts';
import { ofStore, readingPath, writeRecall, type Recall } from '../../src/store/recall.ts';
import { memoryFiles } from '../support/memoryFiles.ts';
import { eventAt } from '../support/fakes.ts';

const recall = (asOf: string): Recall => ({
  version: 1,
  name: ofStore,
  inputs: [],
  by: 'group_id',
  as_of: asOf,
  radar: null,
  findings: [],
});
const signals: Signal[] = [eventAt(1, 'line\n with é'), eventAt(2)];

function kept() {
  const files = memoryFiles();
  writeRecall(files, '/d', recall('2026-03-14T00:00:00.000Z'), []);
  keepReading(files, '/d', 'q', { window: 60_000, report: { took: 1 }, lines: signals.map(signalLine) });
  return files;
}

describe('a kept reading', () => {
  it('comes back as it was', () => {
    expect(readKept(kept(), '/d', 'q')).to.deep.equal({ window: 60_000, report: { took: 1 }, signals });
  });

  it('is none for another question, and once something else is known', () => {
    const files = kept();
    expect(readKept(files, '/d', 'other')).to.equal(null);
    writeRecall(files, '/d', recall('2026-03-15T00:00:00.000Z'), []);
    expect(readKept(files, '/d', 'q')).to.equal(null);
  });

  it('is none where its file was torn anywhere, is empty, or is missing', () => {
    const files = kept();
    const text = files.readSync(readingPath('/d'))!;
    for (let length = 0; length < text.length; length += 7) {
      files.writeSync(readingPath('/d'), text.slice(0, length));
      expect(readKept(files, '/d', 'q'), String(length)).to.equal(null);
    }
    files.removeSync(readingPath('/d'));
    expect(readKept(files, '/d', 'q')).to.equal(null);
  });

  it('is not kept where nothing is known of it', () => {
    const files = memoryFiles();
    keepReading(files, '/d', 'q', { window: 300_000, report: {}, lines: [] });
    expect(files.texts()).to.deep.equal({});
  });
});
