import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { nodeFiles } from '../../../src/io.ts';
import { LEXICAL_MODEL, embedLexical } from '../../../src/memory/text/lexical.ts';
import { VectorJournal, type Place } from '../../../src/run/vectors/vectorJournal.ts';
import { temporaryFolders } from '../../embedders/support/folders.ts';

const at = (time: number | null, key = 'g'): Place => ({ operator: 'memory', key, time });
const one = (text: string, x: number) => ({ text, space: 'm', vector: Float32Array.of(x, 1 - x) });

describe('the journal of vectors', () => {
  const folderOf = temporaryFolders();

  it('hands over at each place what was handed over there, bit by bit, once', async () => {
    const folder = await folderOf();
    const first = await VectorJournal.open(nodeFiles, folder);
    await first.append(at(1), [one('a', 0.1), { text: 'b', space: LEXICAL_MODEL, vector: embedLexical('b') }]);
    await first.append(at(1, '__proto__'), [one('c', 1 / 3)]);
    await first.close();
    const again = await VectorJournal.open(nodeFiles, folder);
    expect(again.ahead).to.equal(true);
    expect(again.take(at(1, '__proto__'))).to.deep.equal([one('c', 1 / 3)]);
    expect(again.take(at(1))).to.deep.equal([one('a', 0.1), { text: 'b', space: LEXICAL_MODEL, vector: embedLexical('b') }]);
    expect(again.take(at(1))).to.equal(undefined);
    expect(again.ahead).to.equal(false);
    await again.close();
  });

  it('is read from the place a checkpoint names, which stays where it is while there is something ahead', async () => {
    const folder = await folderOf();
    const first = await VectorJournal.open(nodeFiles, folder);
    await first.append(at(1), [one('a', 0)]);
    const checkpoint = first.position;
    await first.append(at(2), [one('b', 0)]);
    await first.append(at(3), [one('c', 0)]);
    await first.close();
    const again = await VectorJournal.open(nodeFiles, folder, { from: checkpoint });
    expect(again.take(at(1))).to.equal(undefined);
    expect(again.take(at(2))).to.deep.equal([one('b', 0)]);
    expect(again.position).to.deep.equal(checkpoint);
    expect(again.take(at(3))).to.deep.equal([one('c', 0)]);
    expect(again.position).to.not.deep.equal(checkpoint);
    await again.close();
  });

  it('gives up what is not met again, so that nobody waits for it', async () => {
    const folder = await folderOf();
    const first = await VectorJournal.open(nodeFiles, folder);
    await first.append(at(1, 'gone'), [one('a', 0)]);
    await first.append(at(null), [one('b', 0)]);
    await first.close();
    const again = await VectorJournal.open(nodeFiles, folder);
    expect(again.take(at(1, 'other'))).to.equal(undefined);
    expect(again.ahead).to.equal(true);
    expect(again.take(at(2, 'other'))).to.equal(undefined);
    expect(again.ahead, 'an end that was no end is not met again').to.equal(false);
    await again.close();
    const replay = await VectorJournal.open(nodeFiles, folder, { replay: true });
    expect(replay.take(at(null))).to.deep.equal([one('b', 0)]);
    await replay.close();
  });

  it('leaves out a line a crash has torn', async () => {
    const folder = await folderOf();
    const first = await VectorJournal.open(nodeFiles, folder);
    await first.append(at(1), [one('a', 0)]);
    await first.close();
    const [name] = (await readdir(folder)).filter((file) => file.endsWith('.ndjson'));
    await appendFile(join(folder, name!), '{"operator":"memory","key":"g","time":2,"vec');
    const again = await VectorJournal.open(nodeFiles, folder);
    expect(again.take(at(1))).to.deep.equal([one('a', 0)]);
    expect(again.take(at(2))).to.equal(undefined);
    await again.close();
  });
});
