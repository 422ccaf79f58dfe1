import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { main } from '../../../src/cli/program.ts';
import { nodeIo } from '../../../src/io.ts';
import type { BoardView } from '../../../src/board/boardView.ts';
import { caducus } from '../../support/caducus.ts';
import { eventLines } from '../../support/durableRun.ts';
import { serveCommand } from '../../support/servers/servedRadar.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';

const { monotonic, sleep, every, now } = nodeIo();

async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

async function eventually<T>(look: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    await sleep(20);
  }
}

describe('the page of processes on an engine', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const file = folder.file('p.yaml');
  const on = ['--require', resolve('test/support/engine/engineModule.ts'), '--engine', 'memory://page'];

  it('is that of the one that writes, and all others say where that is, and give metrics', async () => {
    writeFileSync(folder.file('in.ndjson'), eventLines(300));
    writeFileSync(
      file,
      `name: p
sources: { in: { file: { path: ${JSON.stringify(folder.file('in.ndjson'))}, format: ndjson, follow: true } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m }
  - rank: {}
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
sinks: { out: { ndjson: { path: ${JSON.stringify(folder.file('radar.ndjson'))}, select: [radar] } } }
engine: { partitions: 2, lease: 3s }
`,
    );
    let other: Promise<number> | null = null;
    const { exit, err } = await serveCommand(['run', file, '--data-dir', folder.file('d'), ...on], async (base) => {
      const board = await eventually(async () => {
        const view = (await (await fetch(`${base}api/radar`)).json()) as BoardView;
        return view.findings.length + view.over.length > 0 ? view : null;
      });
      expect(board.pipeline).to.equal('p');
      expect(board.radar?.blips.length).to.be.greaterThan(0);
      expect(await (await fetch(`${base}metrics`)).text()).to.contain('caducus_engine_up{pipeline="p"} 1');
      const finding = [...board.findings, ...board.over][0]!.id;
      expect(await (await fetch(`${base}api/episodes/${finding}`)).json()).to.include({ kind: 'finding', of: 'p' });

      const top = await caducus(['top', 'p', '--json', '--data-dir', folder.file('d')]);
      expect((JSON.parse(top.out) as { subject: string }).subject, top.err).to.equal('p');

      const [io, port] = [testIo({ env: { HOME: '/nonexistent' } }), await findPort()];
      const args = ['run', file, '--data-dir', folder.file('other'), '--http', `127.0.0.1:${port}`, ...on];
      other = main(args, '0.0.0-test', { ...io, now, monotonic, sleep, every });
      const where = `into ${folder.file('d')}/state/p.`;
      await eventually(async () => (io.stderr.text.includes('shows no page') ? true : null));
      expect(io.stderr.text).to.contain(where).and.not.to.contain('The radar:');
      const page = await fetch(`http://127.0.0.1:${port}/`);
      expect([page.status, (await page.text()).includes(where)]).to.deep.equal([503, true]);
      expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).to.contain('caducus_engine_up{pipeline="p"} 1');
    });
    expect(await other).to.equal(0);
    expect(exit, err).to.equal(0);
  });
});
