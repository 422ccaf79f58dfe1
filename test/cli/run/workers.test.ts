import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Files } from '../../../src/io.ts';
import { nodeFiles } from '../../../src/io.ts';
import { autoWorkers, readWorkers, workersOrAuto } from '../../../src/cli/run/workers.ts';
import type { CliContext } from '../../../src/cli/shared/context.ts';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/storeFixture.ts';

describe('--workers', () => {
  const folder = temporaryFolder();

  it('of a radar prints what one thread prints, and says the same of it', async () => {
    const log = join(folder(), 'app.log');
    const lines = Array.from({ length: 4000 }, (_, i) => {
      const stamp = new Date(Date.UTC(2026, 2, 14) + i * 900).toISOString();
      return `${stamp} ${i % 40 === 0 ? 'ERROR' : 'INFO'} svc-${i % 3}: request ${i} took ${i % 90} ms token=ghp_${'a1B2'.repeat(9)}`;
    });
    writeFileSync(log, `${lines.join('\n')}\n`);
    const radar = (workers: string, form: string[]) =>
      caducus(['radar', log, '--workers', workers, ...form, '--data-dir', join(folder(), workers)]);
    const settled = ({ err }: { err: string }) => err.replaceAll(/took \S+|[\d,.]+ events\/s|peak memory.*|"peak_memory_bytes":\d+/g, '');
    for (const [form, workers] of [
      [['--all', '--json', '--summary'], '2'],
      [[], '3'],
    ] as const) {
      const [none, some] = [await radar('1', [...form]), await radar(workers, [...form])];
      expect(none.out.length).to.be.above(100);
      expect(some.out).to.equal(none.out);
      expect(settled(some)).to.equal(settled(none));
    }
  });

  it('auto is a second thread for large files where there are three cores', async () => {
    writeFileSync(join(folder(), 'a.log'), 'x');
    const sized = (size: number): Files => ({
      ...nodeFiles,
      stat: async (path) => {
        const stats = await nodeFiles.stat(path);
        return stats?.isFile() ? Object.assign(stats, { size }) : stats;
      },
    });
    const path = join(folder(), 'a.log');
    const counts = [2 ** 20, 2 ** 27].map((size) => autoWorkers(sized(size), [path], 3));
    expect(await Promise.all(counts)).to.deep.equal([1, 2]);
    expect(await autoWorkers(sized(2 ** 27), [path], 2)).to.equal(1);
    expect(await autoWorkers(sized(2 ** 27), ['-', join(folder(), 'none.log')], 3)).to.equal(1);
  });

  it('takes a number or auto, and no more threads than there are parts', () => {
    expect([workersOrAuto.parse(undefined), workersOrAuto.parse('3'), workersOrAuto.parse('1')]).to.deep.equal(['auto', 3, 1]);
    for (const wrong of ['many', '0', '1.5'])
      expect(workersOrAuto.safeParse(wrong).error?.issues[0]?.message).to.equal(`"${wrong}" is neither a number from 1 on nor auto`);
    expect(readWorkers(1, {} as CliContext)).to.equal(undefined);
    expect(readWorkers(3, {} as CliContext)?.count).to.equal(2);
    expect(() => readWorkers(65, {} as CliContext)).to.throw(/at most 64/);
  });
});
