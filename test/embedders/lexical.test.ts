import { createRequire } from 'node:module';
import { expect } from 'chai';
import { lexical } from '../../src/embedders/lexical.ts';
import { openEmbedder } from '../../src/embedders/openEmbedder.ts';
import { CaducusError } from '../../src/errors.ts';
import { cosine, embedLexical, LEXICAL_MODEL } from '../../src/memory/text/lexical.ts';
import { quietIo } from './support/quietIo.ts';

const alike = (a: string, b: string) => cosine(embedLexical(a), embedLexical(b));

describe('lexical embedder', () => {
  const context = { io: quietIo(), cacheDir: '' };

  it('gives what memory computes by itself', async () => {
    const embedder = await lexical.open({}, context);
    expect(await embedder.embed(['disk full', ''])).to.deep.equal({
      vectors: [embedLexical('disk full'), embedLexical('')],
      fallback: [false, false],
    });
    expect(embedder.model).to.equal(LEXICAL_MODEL);
  });

  it('knows what abbreviations stand for', () => {
    expect(alike('cert of db expired', 'certificate of database expired')).to.be.above(0.8);
    expect(alike('conn pool exhausted', 'connection pool exhausted')).to.be.above(0.8);
  });

  it('finds forms of one word alike, and words that only begin alike less so', () => {
    expect(alike('handshake', 'handshakes')).to.be.above(alike('handshake', 'handsome'));
  });

  it('is never told apart by case or order', () => {
    expect(alike('Disk full', 'FULL disk')).to.be.closeTo(1, 1e-6);
  });
});

describe('openEmbedder', () => {
  it('names the embedders there are when asked for another', async () => {
    const error = await openEmbedder('word2vec', {}, { io: quietIo(), cacheDir: '' }).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(CaducusError).with.property('message').that.includes('lexical, universal-sentence-encoder, http');
  });

  it('loads no TensorFlow for the lexical embedder', async () => {
    const embedder = await openEmbedder('lexical', {}, { io: quietIo(), cacheDir: '' });
    await embedder.embed(['disk full']);
    const loaded = Object.keys(createRequire(import.meta.url).cache).filter((path) => path.includes('tensorflow'));
    expect(loaded).to.deep.equal([]);
  });
});
