import { expect } from 'chai';
import { Trie } from '../../../src/memory/templates/trie.ts';
import { foundTemplate, scanned } from '../../support/memory/templates.ts';

function open(text: string, ...places: number[]) {
  const template = foundTemplate(text);
  for (const place of places) template.open(place, 8);
  return template;
}
const match = (trie: Trie, text: string) => {
  const scan = scanned(text);
  return trie.match(scan, scan.length)?.template.id ?? null;
};

describe('templates with open places', () => {
  it('are found token by token, constants before what takes anything', () => {
    const trie = new Trie();
    const [some, ann] = [open('user bob left', 1), open('user ann left', 2)];
    trie.add(some);
    trie.add(ann);
    expect(
      ['user eve left', 'user ann left', 'user ann gone', 'user eve gone', 'user eve', 'host eve left'].map((text) => match(trie, text)),
    ).to.deep.equal([some.id, ann.id, ann.id, null, null, null]);
  });

  it('without an open place are not filed', () => {
    const trie = new Trie();
    trie.add(foundTemplate('disk full'));
    expect(match(trie, 'disk full')).to.equal(null);
  });

  it('are found no more once they are gone, and the others still are', () => {
    const trie = new Trie();
    const [short, long] = [open('user bob', 1), open('user bob left', 1)];
    for (const template of [short, long]) trie.add(template);
    trie.delete(short);
    expect([match(trie, 'user eve'), match(trie, 'user eve left')]).to.deep.equal([null, long.id]);
    trie.delete(short);
    trie.delete(long);
    expect(match(trie, 'user eve left')).to.equal(null);
  });

  it('are given up where hostile lines would make the search long', () => {
    const trie = new Trie();
    for (let i = 0; i < 12; i += 1)
      trie.add(open(`${'a '.repeat(12)}${'b'.repeat(i + 2)}`.trim(), ...Array.from({ length: i }, (_, k) => k)));
    const begun = process.cpuUsage().user;
    expect(match(trie, `${'a '.repeat(12)}z`)).to.equal(null);
    expect(process.cpuUsage().user - begun).to.be.below(500_000);
  });
});
