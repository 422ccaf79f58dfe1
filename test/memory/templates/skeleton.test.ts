import { expect } from 'chai';
import { VALUE } from '../../../src/memory/scan/scanner.ts';
import { makeSkeleton, type Doubts } from '../../../src/memory/templates/skeleton.ts';
import { foundTemplate } from '../../support/memory/templates.ts';

/** What is left of a line, values as `*`; null where nothing is in doubt. */
function skeleton(text: string, doubts: Doubts = 'names', rare: string[] = []): string | null {
  const template = foundTemplate(text);
  const isRare = (hash: number) => rare.some((word) => template.hashes[template.texts.indexOf(word)] === hash);
  const found = makeSkeleton(template, doubts, isRare);
  return found && found.from.map((from, k) => (found.hashes[k] === VALUE ? '*' : template.texts[from]!)).join(' ');
}

describe('what is left of a line without what is in doubt', () => {
  const cases: [text: string, doubts: Doubts, left: string | null][] = [
    ['disk dn2 is full', 'names', 'disk * is full'],
    ['load com.acme.Widget now', 'names', 'load * now'],
    ['load facade now', 'names', 'load * now'],
    ['wait for localhost:8080 now', 'names', 'wait for * now'],
    ['got SIGTERM(15) now', 'names', 'got * now'],
    ['disk is full', 'names', null],
    ['READ_TIMEOUT is set', 'names', null],
    ['color=red of it', 'names', null],
    ['color=red of it', 'words', 'color * of it'],
    ['state=active of it', 'words', null],
    ['set "red" now', 'words', 'set * now'],
    ['set "red, blue" now', 'words', null],
    ['a.b c.d', 'names', null],
  ];
  for (const [text, doubts, left] of cases) it(`${doubts}: ${text}`, () => expect(skeleton(text, doubts)).to.equal(left));

  it('joins neighbours, and takes words that are rare for free', () => {
    expect(skeleton('song dark blue begins', 'rare', ['dark', 'blue'])).to.equal('song * begins');
    expect(skeleton('song dark blue begins', 'rare', [])).to.equal(null);
  });

  it('counts what was in doubt, each for its reason', () => {
    const found = makeSkeleton(foundTemplate('disk dn2 of a.b for facade'), 'names')!;
    expect(found).to.include({ numbered: 1, names: 1, weak: 1, words: 0, rare: 0 });
  });
});
