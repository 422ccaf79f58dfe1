import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { main } from '../../../../src/cli/program.ts';
import { temporaryFolder } from '../../../support/testIo.ts';
import { virtualIo } from '../../../support/virtualIo.ts';

describe('caducus demo download', () => {
  const folder = temporaryFolder();
  let server: Server;
  let url: string;
  let failing = false;
  before(async () => {
    server = createServer((request, response) => {
      const query = new URL(request.url!, 'http://x').searchParams;
      const offset = Number(query.get('offset'));
      if (failing && offset >= 100) return void response.writeHead(404).end('{}');
      const rows = Array.from({ length: Number(query.get('length')) }, (_, i) => ({
        row_idx: offset + i,
        row: {
          date: 81109,
          time: 203500 + ((offset + i) % 60),
          level: 'INFO',
          component: 'dfs.DataNode',
          pid: 1,
          content: `Served block blk_${offset + i}`,
          block_id: 'b',
          anomaly: 0,
        },
      }));
      response.end(JSON.stringify({ rows, num_rows_total: 1000 }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );

  async function caducus(...args: string[]) {
    const io = virtualIo({ env: { HOME: '/nonexistent' } });
    // Time stands still, so that no answer is too late by a clock that runs ahead.
    const still = {
      ...io,
      sleep: (_: number, signal?: AbortSignal) =>
        new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true })),
    };
    let err = '';
    const exit = await main(args, '0.0.0-test', { ...still, stderr: { ...io.stderr, write: async (text) => ((err += text), true) } });
    return { exit, out: io.stdout.text, err };
  }
  const download = (output: string, ...more: string[]) =>
    caducus('demo', 'download', '--dataset', 'hdfs_v1', '--output', output, '--max-rows', '250', '--from', url, ...more);

  it('writes what demo ingest reads, with the newest at the moment that is named', async () => {
    const output = folder.file('hdfs.csv');
    const { exit, out, err } = await download(output, '--anchor-now', '2026-03-14T03:05:00Z');
    expect(exit, err).to.equal(0);
    expect(out).to.equal(
      `250 rows of logfit-project/HDFS_v1 in ${output}; newest 2026-03-14T03:05:00.000Z\ncaducus demo ingest --input ${output}      caducus radar ${output}\n`,
    );
    expect((await caducus('demo', 'ingest', '--input', output, '--data-dir', folder.file('d'))).out).to.equal(
      '250 rows: 250 added, 0 known, 0 rejected\n',
    );
  });

  it('goes on where it was interrupted when it is started again', async () => {
    const output = folder.file('again.csv');
    failing = true;
    expect((await download(output)).exit).to.equal(74);
    expect(existsSync(output)).to.equal(false);
    failing = false;
    const { out } = await download(output, '--json');
    expect(JSON.parse(out)).to.include({ rows: 250, resumed: 100 });
    expect(readFileSync(output, 'utf8').trim().split('\n')).to.have.lengthOf(251);
  });
});
