import { expect } from 'chai';
import { join } from 'node:path';
import { openFolderVectorStore } from '../../src/embedders/folderVectorStore.ts';
import { nearestTopics } from '../../src/embedders/nearestTopics.ts';
import type { Embedder } from '../../src/embedders/embedder.ts';
import { openEmbedder } from '../../src/embedders/openEmbedder.ts';
import { vectorIo } from '../support/runs/vectorRun.ts';
import { temporaryFolders } from './support/folders.ts';
import { meaningServer, type MeaningServer } from './support/meaningServer.ts';

const topics = ['connection refused', 'disk full', 'user signed in'].map((text, n) => ({
  topicId: `t${n}`,
  groupId: n === 1 ? 'b' : 'a',
  text,
}));

describe('the topics nearest to a text', () => {
  const folderOf = temporaryFolders();
  let server: MeaningServer;
  let embedder: Embedder;
  let folder: string;
  before(async () => {
    server = await meaningServer();
    folder = await folderOf();
    embedder = await openEmbedder('http', { url: `${server.url}/v1`, model: 'meaning' }, { io: vectorIo(folder), cacheDir: folder });
  });
  after(() => Promise.all([embedder.close(), server.close()]));
  const open = () => openFolderVectorStore(vectorIo(folder), join(folder, 'leaders'));

  it('are found by the embedder, in words that they do not share', async () => {
    const found = await nearestTopics({ embedder, store: await open() }, topics, { text: 'peer rejected', limit: 2, minSimilarity: 0.5 });
    expect(found!.map(({ topicId }) => topicId)).to.deep.equal(['t0']);
    expect(found![0]!.similarity).to.be.closeTo(1, 1e-6);
    const inGroup = await nearestTopics({ embedder, store: await open() }, topics, { text: 'peer rejected', limit: 5, groupId: 'b' });
    expect(inGroup!.map(({ topicId }) => topicId)).to.deep.equal(['t1']);
  });

  it('are embedded once, and leave out what is no topic any more', async () => {
    const asked = server.asked.length;
    const found = await nearestTopics({ embedder, store: await open() }, topics.slice(1), { text: 'socket declined', limit: 5 });
    expect(found!.map(({ topicId }) => topicId)).to.have.members(['t1', 't2']);
    expect(server.asked.slice(asked)).to.deep.equal([['socket declined']]);
  });

  it('cannot be told while the embedder does not answer for the text', async () => {
    server.faults.push({ status: 429, headers: { 'retry-after': '900' } });
    expect(await nearestTopics({ embedder, store: await open() }, topics, { text: 'never seen', limit: 5 })).to.equal(null);
  });

  it('are found by words where the embedder is the lexical one; a topic without a word is never found', async () => {
    const lexical = await openEmbedder('lexical', {}, { io: vectorIo(folder), cacheDir: folder });
    const mute = { topicId: 't9', groupId: 'a', text: '' };
    const found = await nearestTopics({ embedder: lexical, store: await open() }, [mute, ...topics], { text: 'disk is full', limit: 9 });
    expect(found!.map(({ topicId }) => topicId))
      .to.include.members(['t0', 't1', 't2'])
      .and.not.include('t9');
    expect(found![0]!.topicId).to.equal('t1');
  });
});
