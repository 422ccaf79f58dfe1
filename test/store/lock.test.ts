import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { expect } from 'chai';
import type { CaducusError } from '../../src/errors.ts';
import { nodeIo } from '../../src/io.ts';
import { lock, lockHolder, type LockHolder } from '../../src/store/lock.ts';
import { temporaryFolder } from '../support/testIo.ts';

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const self = { pid: process.pid, isAlive };
const io = nodeIo();
const refused = (path: string) =>
  lock(io, path, self).then(
    () => null,
    (error: CaducusError) => error,
  );
const says = (path: string, holder: Partial<LockHolder>) =>
  writeFileSync(path, JSON.stringify({ pid: 1, host: hostname(), started: '', since: '2026-03-14T00:00:00.000Z', ...holder }));

describe('lock', () => {
  const folder = temporaryFolder();
  const children: ChildProcess[] = [];
  after(() => children.forEach((child) => child.kill('SIGKILL')));

  /** Another process that asks for the lock; resolves with what it says. */
  function other(path: string): Promise<{ child: ChildProcess; said: string }> {
    const child = spawn(process.execPath, ['--import=tsx', new URL('../support/lockHolder.ts', import.meta.url).pathname, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    return new Promise((resolve) => child.stdout!.once('data', (data: Buffer) => resolve({ child, said: data.toString().trim() })));
  }
  const ended = (child: ChildProcess) =>
    child.exitCode !== null || child.signalCode !== null
      ? Promise.resolve()
      : new Promise<void>((resolve) => child.once('exit', () => resolve()));

  it('keeps a second process out, names the first, and lets it in when that was killed', async () => {
    const path = folder.file('a/lock');
    const first = await other(path);
    expect(first.said).to.equal('held');
    const second = await other(path);
    expect(second.said).to.match(new RegExp(`CAD041 is held by process ${first.child.pid} on ${hostname()} since 20`));
    const error = await refused(path);
    expect([error?.code, error?.exit]).to.deep.equal(['CAD041', 74]);
    first.child.kill('SIGKILL');
    await ended(first.child);
    const release = await lock(io, path, self);
    expect((JSON.parse(readFileSync(path, 'utf8')) as LockHolder).pid).to.equal(process.pid);
    await release();
    expect(await lockHolder(io, path, self)).to.equal(null);
  });

  it('goes to exactly one of several processes that find a stale one', async () => {
    const path = folder.file('race');
    says(path, { pid: 999_999_999 });
    const all = await Promise.all(Array.from({ length: 4 }, () => other(path)));
    expect(all.filter(({ said }) => said === 'held')).to.have.length(1);
    expect(all.filter(({ said }) => said.includes('CAD041'))).to.have.length(3);
  });

  it('is free again when released, and can be taken many times', async () => {
    const path = folder.file('b');
    for (let i = 0; i < 3; i += 1) await (await lock(io, path, self))();
  });

  it('of a number that another process has been given since is stale', async () => {
    const path = folder.file('c');
    says(path, { pid: process.pid, started: '1' });
    await (
      await lock(io, path, self)
    )();
  });

  it('that was torn by a crash is stale', async () => {
    const path = folder.file('d');
    writeFileSync(path, '{"pid":');
    await (
      await lock(io, path, self)
    )();
  });

  it('of another machine holds, and says how to remove it', async () => {
    const path = folder.file('e');
    says(path, { host: 'elsewhere', pid: 7 });
    const error = await refused(path);
    expect(error?.message).to.contain('held by process 7 on elsewhere');
    expect(error?.hint).to.contain(`remove the file ${path}`);
  });

  it('is taken over although the process that was taking it over has died', async () => {
    const path = folder.file('f');
    says(path, { pid: 999_999_999 });
    says(`${path}.takeover`, { pid: 999_999_998 });
    await (
      await lock(io, path, self)
    )();
  });
});
