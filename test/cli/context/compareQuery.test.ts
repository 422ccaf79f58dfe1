import { readdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { meaningServer, type MeaningServer } from '../../embedders/support/meaningServer.ts';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';

interface Said {
  searched: { by: string };
  nearest: { match: number; label: string }[];
}

const minute = 60_000;
const texts = ['connection refused by 10.0.0.1', 'disk full on dn2', 'user 7 signed in'];

describe('context, where the pipeline has an embedder', () => {
  const folder = temporaryFolder();
  const pipeline = folder.file('p.yaml');
  const options = ['--data-dir', folder.file('d')];
  const env = { CADUCUS_CACHE_DIR: folder.file('cache') };
  let server: MeaningServer;
  const ask = async (text: string, ...more: string[]) => {
    const { exit, out, err } = await caducus(['context', text, '--json', ...options, ...more], { env });
    expect(exit, err).to.equal(0);
    return { said: JSON.parse(out) as Said, err };
  };
  before(async () => {
    server = await meaningServer();
    const lines = Array.from({ length: 30 }, (_, i) => ({
      timestamp: new Date(Date.UTC(2026, 2, 14) + i * minute).toISOString(),
      text: texts[i % 3],
      group_id: 'g',
    }));
    writeFileSync(folder.file('in.ndjson'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    writeFileSync(
      pipeline,
      `name: p
sources: { in: { file: { path: "${folder.file('in.ndjson')}", format: ndjson } } }
operators:
  - memory: { window: 5m, embedder: { http: { url: "${server.url}/v1", model: meaning, retries: 0 } } }
`,
    );
    const { exit, err } = await caducus(['run', pipeline, '--quiet', ...options], { env });
    expect(exit, err).to.equal(0);
  });
  after(() => server.close());

  it('finds a pattern that says the same in other words, and says what compared', async () => {
    const asked = server.asked.length;
    const { said } = await ask('peer rejected');
    expect(said.searched.by).to.equal('http');
    expect(said.nearest[0]!.label).to.include('connection refused');
    expect(said.nearest[0]!.match).to.be.above(0.6);
    // What the run had embedded comes out of the cache.
    expect(server.asked.slice(asked)).to.deep.equal([['peer rejected']]);
    expect((await caducus(['context', 'peer rejected', ...options], { env })).out).to.match(
      /^searched 3 patterns, 1 group, \d+m, compared by http$/m,
    );
  });

  it('keeps a vector for each pattern, as a file in the folder of the vectors', async () => {
    await ask('peer rejected', '--vectors-dir', folder.file('elsewhere'));
    expect(readdirSync(folder.file('elsewhere'))).to.have.lengthOf(3);
    expect(readdirSync(folder.file('d/vectors'))).to.have.lengthOf(3);
  });

  it('compares words, and says so, while the embedder does not answer', async () => {
    server.faults.push({ status: 503 });
    const { said, err } = await ask('full disk, never asked before');
    expect(err).to.include('http does not answer; compared by words.');
    expect(said.searched.by).to.equal('lexical');
    expect(said.nearest[0]!.label).to.include('disk full');
  });

  it('asks the vector store of a module that has one', async () => {
    writeFileSync(
      folder.file('store.mjs'),
      `
const kept = [];
export const vectorStore = async () => ({
  put: async (vectors) => void kept.push(...vectors),
  remove: async () => {},
  nearest: async () => kept.filter(({ text }) => text.includes('signed')).map(({ topicId, groupId, text }) => ({ topicId, groupId, text, similarity: 0.5 })),
  close: async () => {},
});
`,
    );
    const { said } = await ask('peer rejected', '--require', folder.file('store.mjs'));
    expect(said.nearest.map(({ match, label }) => [match, label.includes('signed in')])).to.deep.equal([[0.5, true]]);
  });

  it('compares words, and says why, when the vectors cannot be kept', async () => {
    writeFileSync(folder.file('in-the-way'), '');
    const { said, err } = await ask('peer rejected', '--vectors-dir', folder.file('in-the-way'));
    expect(said.searched.by).to.equal('lexical');
    expect(err).to.match(/^http: .*in-the-way.*; compared by words\.$/m);
  });
});
