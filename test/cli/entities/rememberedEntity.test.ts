import { rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Remembered } from '../../../src/cli/entities/rememberedEntity.ts';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';

const pipeline = `name: orders
sources:
  log: { file: { path: app.ndjson } }
operators:
  - group_by: { key: metadata.service }
  - memory: { window: 1m }
  - entities: {}
  - rank: { top: 8 }
sinks:
  store: { segments: {} }
`;

describe('caducus entity of what a run remembers', () => {
  const folder = temporaryFolder();
  const run = async (...args: string[]) => caducus([...args, '--data-dir', folder.file('data')], { cwd: folder.path });
  before(async () => {
    const line = (i: number) =>
      JSON.stringify({
        time: new Date(Date.parse('2026-03-14T02:00:00Z') + i * 10_000).toISOString(),
        level: 'info',
        service: 'orders',
        pod: `orders-${i % 3}`,
        msg: `order placed on volume /vol/${i % 5}`,
      });
    writeFileSync(folder.file('app.ndjson'), Array.from({ length: 300 }, (_, i) => `${line(i)}\n`).join(''));
    writeFileSync(folder.file('radar.yaml'), pipeline);
    const { exit, err } = await run('run', 'radar.yaml');
    expect(exit, err).to.equal(0);
  });

  it('stands beside what its lines say', async () => {
    const { out } = await run('entity', 'orders-1', '--json');
    const { lines, remembered } = JSON.parse(out) as { lines: number; remembered: Remembered };
    expect([lines, remembered.lines, remembered.of, remembered.pipeline]).to.deep.equal([100, 100, 300, 'orders']);
    expect(remembered.places).to.deep.equal([{ place: 'pod', count: 100 }]);
    expect((await run('entity', '/vol/3')).out)
      .to.contain('Remembered by orders since 2026-03-14 02:00Z:')
      .and.to.contain('As volume 60.');
  });

  it('is told when no line of it is kept any more', async () => {
    rmSync(folder.file('data/segments'), { recursive: true, force: true });
    rmSync(folder.file('app.ndjson'));
    const { exit, out, err } = await run('entity', 'orders-1');
    expect(exit, err).to.equal(0);
    expect(out).to.match(/^ENTITY {2}orders-1/);
    expect(out).to.contain('100 lines of 300 (33.3 %)');
    expect((await run('entity', 'orders-9')).exit).to.equal(64);
  });

  it('is not asked where files are named', async () => {
    writeFileSync(folder.file('other.log'), 'orders-1 is here\n');
    const { out } = await run('entity', 'orders-1', 'other.log', '--json');
    expect(JSON.parse(out)).to.deep.include({ lines: 1, remembered: null });
  });
});
