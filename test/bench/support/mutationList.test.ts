import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { mutationList } from '../../../bench/support/mutationList.ts';

describe('the list of mutations', () => {
  it('changes lines that are there, each once, and names specs that are there', () => {
    for (const [file, from, to, spec] of mutationList) {
      expect(readFileSync(file, 'utf8'), file).to.include(from);
      expect(to, `${file}: ${from}`).not.to.equal(from);
      expect(/[*{]/.test(spec) || existsSync(spec), spec).to.equal(true);
    }
    expect(new Set(mutationList.map(([file, from]) => `${file} ${from}`)).size).to.equal(mutationList.length);
    expect(mutationList.length).to.be.at.least(25);
  });
});
