import { expect } from 'chai';
import fc from 'fast-check';
import { LEXICAL_DIMENSION, LEXICAL_THRESHOLD, cosine, embedLexical } from '../../../src/memory/text/lexical.ts';

const alike = (a: string, b: string) => cosine(embedLexical(a), embedLexical(b));

describe('the lexical embedder', () => {
  it('gives vectors of length one, the same for the same text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), (text) => {
        const vector = embedLexical(text);
        expect(vector).to.have.length(LEXICAL_DIMENSION);
        const norm = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
        expect(norm === 0 || Math.abs(norm - 1) < 1e-5).to.equal(true);
        expect(embedLexical(text)).to.deep.equal(vector);
      }),
    );
  });

  it('gives all zeros for a text without words', () => expect(embedLexical('12 <> 34').every((x) => x === 0)).to.equal(true));

  it('finds the same event in other words nearer than another event', () => {
    const base = 'PacketResponder for block terminating';
    expect(alike(base, 'Packet Responder for the block terminates')).to.be.above(alike(base, 'Verification succeeded for block'));
    expect(alike('Connection closed by remote host', 'The connection was closed by a remote host')).to.be.above(LEXICAL_THRESHOLD);
    expect(Math.abs(alike('Disk failure on volume', 'User logged in'))).to.be.below(0.3);
  });

  it('does not care for case, and hardly for words that every line has', () => {
    expect(alike('Disk Failure', 'DISK failure')).to.be.closeTo(1, 1e-6);
    expect(alike('disk failure', 'the disk failure on a')).to.be.above(0.95);
  });
});
