import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { JsonObject } from '../../../src/event.ts';
import { downloadDemo, type DownloadOptions } from '../../../src/sources/huggingface/download.ts';
import { settle, virtualIo, type TestIo } from '../../support/virtualIo.ts';

const hdfs = (n: number): JsonObject => ({
  date: 81109,
  time: 3615 + n,
  level: 'INFO',
  component: 'dfs.DataNode$PacketResponder',
  pid: n,
  content: n === 1 ? 'said "x, y"' : `PacketResponder ${n} terminating`,
  block_id: `blk_${n}`,
  anomaly: n % 2,
});
const bgl = (n: number): JsonObject => ({
  label: n === 0 ? '-' : 'KERNDTLB',
  timestamp: 1_117_838_570 + n,
  node: 'R02',
  level: 'FATAL',
  component: 'KERNEL',
  content: `data TLB error ${n}`,
});

describe('download of a demo data set', () => {
  let server: Server;
  let baseUrl: string;
  let asked: string[];
  let faults: (number | 'hangUp')[];
  let folder: string;
  let io: TestIo;
  const total = 250;
  before(async () => {
    server = createServer((request, response) => {
      const url = new URL(request.url!, 'http://x');
      const number = (name: string) => Number(url.searchParams.get(name));
      asked.push(`${url.searchParams.get('dataset')} ${number('offset')}+${number('length')}`);
      const fault = faults.shift();
      if (fault === 'hangUp') return void response.destroy();
      if (fault !== undefined && fault !== 200)
        return void response.writeHead(fault, fault === 429 ? { 'retry-after': '60' } : {}).end('{}');
      const make = url.searchParams.get('dataset') === 'logfit-project/BGL' ? bgl : hdfs;
      const rows = Array.from(
        { length: Math.max(0, Math.min(number('length'), total - number('offset'))) },
        (_, i) => number('offset') + i,
      );
      response.end(
        JSON.stringify({
          features: [],
          rows: rows.map((n) => ({ row_idx: n, row: make(n), truncated_cells: [] })),
          num_rows_total: total,
          num_rows_per_page: 100,
          partial: false,
        }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  beforeEach(async () => {
    asked = [];
    faults = [];
    io = virtualIo({ auto: false });
    folder = await mkdtemp(join(tmpdir(), 'caducus-hf-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Downloads, with a clock that goes on while answers come. */
  async function download(options: Partial<DownloadOptions> = {}) {
    let done = false;
    const result = downloadDemo({ io, dataset: 'hdfs_v1', output: join(folder, 'out.csv'), maxRows: 1000, baseUrl, ...options }).finally(
      () => (done = true),
    );
    result.catch(() => undefined);
    for (let i = 0; i < 5000 && !done; i += 1) {
      await settle(3);
      if (io.sleeping > 0 && i % 10 === 9) io.advance(1000);
    }
    return result;
  }
  const lines = async () => (await readFile(join(folder, 'out.csv'), 'utf8')).trimEnd().split('\n');

  it('pages through all rows and writes the columns of the demo', async () => {
    const progress: string[] = [];
    const result = await download({ progress: (done, of) => progress.push(`${done}/${of}`) });
    expect(result).to.include({ rows: 250, resumed: 0 });
    expect(asked).to.deep.equal(['logfit-project/HDFS_v1 0+100', 'logfit-project/HDFS_v1 100+100', 'logfit-project/HDFS_v1 200+100']);
    expect(progress).to.deep.equal(['100/250', '200/250', '250/250']);
    const [header, first, second, ...more] = await lines();
    expect(header).to.equal('date,time,level,component,pid,content,block_id,anomaly');
    expect(first).to.equal('081109,003615,INFO,dfs.DataNode$PacketResponder,0,PacketResponder 0 terminating,blk_0,0');
    expect(second).to.include('"said ""x, y"""');
    expect(more).to.have.lengthOf(248);
    expect(await readdir(folder)).to.deep.equal(['out.csv']);
  });

  it('asks for no more rows than wanted', async () => {
    expect(await download({ maxRows: 120 })).to.include({ rows: 120 });
    expect(asked).to.deep.equal(['logfit-project/HDFS_v1 0+100', 'logfit-project/HDFS_v1 100+20']);
  });

  it('reads Blue Gene/L, and moves all times so that the newest is now', async () => {
    await download({ dataset: 'bgl', maxRows: 3, anchorNow: Date.UTC(2026, 2, 14, 3, 0, 2) });
    expect(await lines()).to.deep.equal([
      'date,time,level,component,pid,content,block_id,anomaly',
      '260314,030000,FATAL,KERNEL,,data TLB error 0,R02,0',
      '260314,030001,FATAL,KERNEL,,data TLB error 1,R02,1',
      '260314,030002,FATAL,KERNEL,,data TLB error 2,R02,1',
    ]);
  });

  it('tries again through throttling, 5xx and cut connections', async () => {
    faults = [503, 200, 429, 'hangUp', 500, 200];
    const start = io.now();
    expect(await download()).to.include({ rows: 250 });
    expect(io.now() - start).to.be.greaterThan(60_000);
  });

  it('goes on where an interrupted download stopped, behind its last whole row', async () => {
    faults = [200, 200, 404];
    expect(await download().catch((error: unknown) => error)).to.include({ code: 'CAD074' });
    const part = join(folder, 'out.csv.hdfs_v1.part');
    await writeFile(part, `${await readFile(part, 'utf8')}{"time":12`);
    asked = [];
    expect(await download()).to.include({ rows: 250, resumed: 200 });
    expect(asked).to.deep.equal(['logfit-project/HDFS_v1 200+100']);
    expect(await lines()).to.have.lengthOf(251);
  });

  it('offline, says so within 10 s and names the shipped sample', async () => {
    const start = io.now();
    const error = await download({ baseUrl: 'http://127.0.0.1:2' }).catch((cause: unknown) => cause);
    expect(error).to.include({ code: 'CAD074', exit: 74 });
    expect((error as Error).message).to.include('ECONNREFUSED');
    expect((error as { hint: string }).hint).to.include('fixtures/demo_hdfs_sample.csv');
    expect(io.now() - start).to.be.lessThan(10_000);
  });
});
