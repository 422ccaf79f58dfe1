import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';

const lines = [
  '{"level":30,"ts":1773446400123,"service":"orders","msg":"request completed"}',
  '{"level":50,"ts":1773446401123,"service":"auth","msg":"token refused"}',
];

describe('caducus inspect', () => {
  const folder = temporaryFolder();
  const written = (name: string, content: string | Uint8Array) => {
    writeFileSync(folder.file(name), content);
    return folder.file(name);
  };

  it('says how a file is read, and what to type next', async () => {
    const path = written('app.log', `${lines.join('\n')}\n`);
    const { exit, out, err } = await caducus(['inspect', path]);
    expect([exit, err]).to.deep.equal([0, '']);
    expect(out)
      .to.contain('JSON lines   2 records')
      .and.to.match(/^time {4}ts/m)
      .and.to.match(/^group {3}service/m);
    expect(out).to.contain('request completed').and.to.contain(`caducus radar ${path}`);
  });

  it('says the same of a compressed file and of a pipe', async () => {
    const content = `${lines.join('\n')}\n`;
    const json = async (...args: Parameters<typeof caducus>) => {
      const { subject: _, ...rest } = JSON.parse((await caducus(...args)).out) as { subject: string };
      return rest;
    };
    const plain = await json(['inspect', written('a.log', content), '--json']);
    expect(await json(['inspect', written('a.log.gz', gzipSync(content)), '--json'])).to.deep.equal(plain);
    expect(await json(['inspect', '-', '--json'], { stdin: content })).to.deep.equal(plain);
    expect(plain).to.include({ records: 2, read_as: 'Read as JSON lines, time=ts level=level group=service.' });
  });

  it('shows the reasons of what was refused', async () => {
    const { out } = await caducus([
      'inspect',
      written('bad.log', `${lines[0]}\n{"ts":"2026-03-14T03:00:01Z","msg":\n`),
      '--format',
      'ndjson',
    ]);
    expect(out).to.match(/^refused 1 {2}\S/m);
  });

  it('of a file that is not there, or empty, says so', async () => {
    expect((await caducus(['inspect', folder.file('nosuch.log')])).exit).to.equal(74);
    const { exit, out } = await caducus(['inspect', written('empty.log', '')]);
    expect([exit, out.includes('0 records')]).to.deep.equal([0, true]);
  });
});
