import { expect } from 'chai';
import { analyze } from '../../src/memory/classic/analyze.ts';
import { keepAnalyzed, readAnalysis } from '../../src/store/keptAnalysis.ts';
import { eventAt } from '../support/fakes.ts';
import { memoryFiles } from '../support/memoryFiles.ts';

describe('a kept analysis', () => {
  const analysis = analyze('A/b', [eventAt(0, 'disk full', 'A/b').event, eventAt(1, 'disk full', 'A/b').event]);

  it('comes back as it was, for its group and its question only', () => {
    const files = memoryFiles();
    keepAnalyzed(files, '/d', 'A/b', 'q', analysis);
    expect(readAnalysis(files, '/d', 'A/b', 'q')).to.deep.equal(analysis);
    expect([readAnalysis(files, '/d', 'A/b', 'other'), readAnalysis(files, '/d', 'b', 'q')]).to.deep.equal([null, null]);
  });

  it('is none where its file is torn', () => {
    const files = memoryFiles();
    keepAnalyzed(files, '/d', 'g', 'q', analysis);
    const [path] = Object.keys(files.texts());
    files.writeSync(path!, files.texts()[path!]!.slice(0, 40));
    expect(readAnalysis(files, '/d', 'g', 'q')).to.equal(null);
  });
});
