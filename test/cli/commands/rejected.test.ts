import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { caducus } from '../../support/caducus.ts';
import { good, rejectedSetup } from '../../support/runs/rejectedSetup.ts';

describe('rejected records', () => {
  const { folder, data, pipeline, ids, ran } = rejectedSetup();

  it('are kept by every run, redacted, from the intake and from operators', () => {
    const { exit, err } = ran();
    expect(err, err)
      .to.contain('caducus rejected ls')
      .and.to.match(/in {2,}3 {2,}0s {3}in\.ndjson, \d+ bytes, 2 secrets redacted/);
    expect(exit).to.equal(0);
    expect(ids()).to.deep.equal(['a']);
    expect(readFileSync(folder.file('d/rejected/p.ndjson'), 'utf8')).to.not.match(/hunter2|q7Zt2LmX/);
  });

  it('more of them than max_rejected end the run with exit code 65 and the way to see them', async () => {
    for (const [limit, exit] of [
      ['1', 65],
      ['2', 0],
      ['0.5', 65],
      ['0.7', 0],
    ] as const) {
      writeFileSync(folder.file('q.yaml'), pipeline(`max_rejected: ${limit}`).replace('name: p', `name: q${limit.replace('.', '-')}`));
      writeFileSync(folder.file('in.ndjson'), `{\n{\n${good('c', 3)}\n`);
      const result = await caducus(['run', folder.file('q.yaml'), '--quiet', ...data()]);
      expect(result.exit, limit).to.equal(exit);
      if (exit === 65)
        expect(result.err).to.contain('CAD019').and.to.contain('2 of 3 records were rejected').and.to.contain('caducus rejected ls');
    }
  });
});
