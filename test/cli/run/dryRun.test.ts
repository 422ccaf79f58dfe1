import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { main } from '../../../src/cli/program.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';

describe('caducus run --dry-run', () => {
  const folder = temporaryFolder();
  let receiver: Server;
  let received = 0;
  let url: string;
  before(async () => {
    receiver = createServer((_, response) => {
      received += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  });
  after(() => new Promise<void>((resolve) => receiver.close(() => resolve())));

  const lines = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) =>
      JSON.stringify({
        timestamp: new Date(Date.UTC(2026, 2, 14) + (from + i) * 60_000).toISOString(),
        text: from + i === 50 ? 'Disk failure on dn2' : 'Served block',
        level: from + i === 50 ? 'error' : 'info',
      }),
    ).join('\n') + '\n';
  function prepare(name: string) {
    const home = folder.file(name);
    mkdirSync(home);
    writeFileSync(`${home}/in.ndjson`, lines(0, 60));
    writeFileSync(
      `${home}/p.yaml`,
      `name: dry
sources: { logs: { file: { path: "${home}/in.ndjson", format: ndjson } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 5m }
  - rules: [ { name: new-error, when: { state: new, min_level: error }, severity: critical } ]
sinks:
  pager: { webhook: { format: json, url: "${url}" } }
  store: { segments: {} }
  out: { ndjson: { path: "${home}/out.ndjson", select: [finding] } }
`,
    );
    const run = async (...flags: string[]) => {
      const io = testIo({ env: { HOME: '/nonexistent' } });
      const exit = await main(['run', `${home}/p.yaml`, '--data-dir', `${home}/data`, ...flags], '0.0.0-test', io);
      return { exit, out: io.stdout.text, err: io.stderr.text };
    };
    return { home, run };
  }

  it('prints the message it would send; sends, stores and remembers nothing', async () => {
    const { home, run } = prepare('first');
    const { exit, out, err } = await run('--dry-run');
    expect(exit, err).to.equal(0);
    expect(out).to.match(/Disk failure on dn2/);
    expect(err).to.include('Dry run: nothing was stored, sent, deleted or remembered (left out: store, out).');
    expect(received).to.equal(0);
    expect(existsSync(`${home}/out.ndjson`) || existsSync(`${home}/data/segments`)).to.equal(false);
    expect(readdirSync(`${home}/data/state/dry`).filter((name) => name.includes('checkpoint'))).to.deep.equal([]);
  });

  it('goes on from the last checkpoint, which stays the last', async () => {
    const { home, run } = prepare('second');
    writeFileSync(`${home}/in.ndjson`, lines(0, 30));
    await run('--quiet');
    const before = readdirSync(`${home}/data/state/dry`);
    writeFileSync(`${home}/in.ndjson`, lines(0, 60));
    for (const _ of [1, 2]) expect((await run('--dry-run', '--json')).err).to.include('"received":30');
    expect(readdirSync(`${home}/data/state/dry`)).to.deep.equal(before);
  });

  it('does not go with --fresh', async () => {
    expect((await prepare('third').run('--dry-run', '--fresh')).exit).to.equal(64);
  });
});
