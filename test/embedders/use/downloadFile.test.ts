import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { download, type DownloadOptions } from '../../../src/embedders/use/downloadFile.ts';
import { Unanswered } from '../../../src/base/askAgain.ts';
import { temporaryFolders } from '../support/folders.ts';
import { quietIo } from '../support/quietIo.ts';

describe('one attempt to download a file', () => {
  const folderOf = temporaryFolders();
  /** Downloads from a server that gives this answer, behind what is there. Long limits never end by themselves. */
  async function attempt(answer: (range: string | null) => Response, more: Partial<DownloadOptions> & { there?: string } = {}) {
    const { there, ...options } = more;
    const path = join(await folderOf(), 'file.part');
    if (there !== undefined) await writeFile(path, there);
    const asked: (string | null)[] = [];
    const seen: [number, number | null][] = [];
    const io = quietIo();
    io.net = {
      ...io.net,
      fetch: async (_url, init) => {
        asked.push(new Headers(init?.headers).get('range'));
        return answer(asked[0]!);
      },
    };
    const given = { url: 'http://mirror/file', path, resume: true, maxBytes: 100, timeout: 25_000, ...options };
    const error = await download(io, { ...given, onBytes: (received, total) => void seen.push([received, total]) }).then(
      () => null,
      (reason: unknown) => reason as Unanswered,
    );
    return { asked, seen, error, onDisk: () => readFile(path, 'utf8') };
  }
  const whole = (text: string, headers: Record<string, string> = {}, status = 200) =>
    new Response(text, { status, headers: { 'content-length': String(text.length), ...headers } });

  it('brings the bytes and tells how far it is', async () => {
    const { asked, seen, error, onDisk } = await attempt(() => whole('0123456789'));
    expect([asked, error, await onDisk()]).to.deep.equal([[null], null, '0123456789']);
    expect([seen[0], seen.at(-1)]).to.deep.equal([
      [0, 10],
      [10, 10],
    ]);
  });

  it('goes on behind what is there', async () => {
    const { asked, error, onDisk } = await attempt(() => whole('56789', { 'content-range': 'bytes 5-9/10' }, 206), { there: '01234' });
    expect([asked, error, await onDisk()]).to.deep.equal([['bytes=5-'], null, '0123456789']);
  });

  it('starts over where it may not go on, and where the server sends the whole', async () => {
    const fresh = await attempt(() => whole('abc'), { there: '01234', resume: false });
    expect([fresh.asked, await fresh.onDisk()]).to.deep.equal([[null], 'abc']);
    const ignored = await attempt(() => whole('abc'), { there: '01234' });
    expect([ignored.asked, await ignored.onDisk()]).to.deep.equal([['bytes=5-'], 'abc']);
  });

  it('leaves it to the check where nothing lies beyond what is there', async () => {
    const { error, onDisk } = await attempt(() => new Response(null, { status: 416 }), { there: '01234' });
    expect([error, await onDisk()]).to.deep.equal([null, '01234']);
  });

  const failures: [name: string, answer: () => Response, says: RegExp, again: boolean][] = [
    ['a file that is not there', () => new Response(null, { status: 404 }), /answered 404/, false],
    ['a server that is busy', () => new Response(null, { status: 503, headers: { 'retry-after': '3' } }), /answered 503/, true],
    ['another range than was asked for', () => whole('x', { 'content-range': 'bytes 4-4/10' }, 206), /another range/, true],
    ['a file that says it is too large', () => whole('', { 'content-length': '101' }), /larger than 100 bytes/, false],
    ['a file that turns out too large', () => new Response('x'.repeat(101)), /larger than 100 bytes/, false],
    ['a connection that ended early', () => whole('012', { 'content-length': '10' }), /ended at byte 3 of 10/, true],
  ];
  for (const [name, answer, says, again] of failures)
    it(`fails with ${name}: ${again ? 'to be tried again' : 'for good'}`, async () => {
      const { error } = await attempt(answer, name.includes('range') ? { there: '01234' } : {});
      expect(error).to.be.instanceOf(Unanswered);
      expect(error!.message).to.match(says);
      expect(error).to.include({ again, wait: name.includes('busy') ? 3000 : 0 });
    });

  it('leaves what has come for the next', async () => {
    expect(await (await attempt(() => whole('012', { 'content-length': '10' }))).onDisk()).to.equal('012');
  });

  it('knows no size where what comes is packed', async () => {
    const { error, seen } = await attempt(() => whole('0123', { 'content-length': '2', 'content-encoding': 'gzip' }));
    expect([error, seen.at(-1)]).to.deep.equal([null, [4, null]]);
  });
});
