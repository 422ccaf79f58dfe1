import { expect } from 'chai';
import { Vocabulary } from '../../../src/memory/templates/vocabulary.ts';
import { foundTemplate, foundTemplates } from '../../support/memory/templates.ts';

describe('the words of the live templates', () => {
  it('are rare in two of them at most, and common in three', () => {
    const vocabulary = new Vocabulary();
    const [a, b, c] = foundTemplates('song red', 'song blue', 'song green');
    const song = a!.hashes[0]!;
    expect([...vocabulary.add(a!), ...vocabulary.add(b!)]).to.deep.equal([]);
    expect([vocabulary.isRare(song), vocabulary.knows(a!)]).to.deep.equal([true, false]);
    expect([...vocabulary.add(c!)]).to.deep.equal([a, b]);
    expect([vocabulary.isRare(song), vocabulary.isRare(a!.hashes[1]!), vocabulary.knows(a!)]).to.deep.equal([false, true, true]);
    expect([...vocabulary.delete(c!)]).to.deep.equal([a, b]);
    expect(vocabulary.isRare(song)).to.equal(true);
  });

  it('are common in one that has an open place: they have shown that they are constant', () => {
    const vocabulary = new Vocabulary();
    const open = foundTemplate('song red');
    open.open(1, 8);
    vocabulary.add(open);
    expect(vocabulary.isRare(open.hashes[0]!)).to.equal(false);
    vocabulary.delete(open);
    expect(vocabulary.isRare(open.hashes[0]!)).to.equal(true);
  });

  it('are counted once a template, however often one is added', () => {
    const vocabulary = new Vocabulary();
    const [a, b] = foundTemplates('song song red', 'song blue');
    for (const template of [a!, a!, b!]) vocabulary.add(template);
    expect(vocabulary.isRare(a!.hashes[0]!)).to.equal(true);
  });
});
