import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { expect } from 'chai';
import type { CaducusError } from '../../src/errors.ts';
import { nodeIo, type Io } from '../../src/io.ts';
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
const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise<void>((resolve) => setImmediate(resolve));
};
const says = (path: string, holder: Partial<LockHolder>) =>
  writeFileSync(path, JSON.stringify({ pid: 1, host: hostname(), started: '', since: '2026-03-14T00:00:00.000Z', ...holder }));

describe('lock', () => {
  const folder = temporaryFolder();
  const children: ChildProcess[] = [];
  after(() => children.forEach((child) => child.kill('SIGKILL')));

  /** Another process that asks for the lock; resolves with what it says. */
  function other(path: string): Promise<{ child: ChildProcess; said: string }> {
    const child = spawn(process.execPath, ['--import=tsx', new URL('../support/runs/lockHolder.ts', import.meta.url).pathname, path], {
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
    const { release } = await lock(io, path, self);
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
    for (let i = 0; i < 3; i += 1) await (await lock(io, path, self)).release();
  });

  it('of a number that another process has been given since is stale', async () => {
    const path = folder.file('c');
    says(path, { pid: process.pid, started: '1' });
    await (await lock(io, path, self)).release();
  });

  it('that was torn by a crash is stale', async () => {
    const path = folder.file('d');
    writeFileSync(path, '{"pid":');
    await (await lock(io, path, self)).release();
  });

  /** Real files; a clock that moves as we wait, and beats that come when they are told. */
  function beating() {
    let now = 0;
    const beats: (() => void)[] = [];
    const watched: Io = {
      ...io,
      monotonic: () => now,
      sleep: async (ms) => {
        now += ms;
        eachSecond();
      },
      every: (_ms, run) => {
        beats.push(run);
        return () => void beats.splice(0);
      },
    };
    let eachSecond = () => {};
    return { io: watched, beats, pass: (ms: number) => void (now += ms), meanwhile: (run: () => void) => void (eachSecond = run) };
  }
  const elsewhere = { host: 'radar-7c9f-abcde', boot: 'another', namespace: '1', pid: 7, token: 't', counter: 4 };

  it('of a holder nobody can ask is taken over when its counter stands still for 20 s, and the waiting is told', async () => {
    const path = folder.file('e');
    says(path, elsewhere);
    const clock = beating();
    const told: string[] = [];
    const held = await lock(clock.io, path, self, { waiting: (text) => told.push(text) });
    expect(told).to.have.length(20);
    expect(told[6]).to.equal('waiting for process 7 on radar-7c9f-abcde since 2026-03-14T00:00:00.000Z: 14 s');
    await held.release();
    expect(await lockHolder(io, path, self)).to.equal(null);
  });

  it('of a holder nobody can ask holds as long as its counter moves', async () => {
    const path = folder.file('g');
    says(path, elsewhere);
    const clock = beating();
    clock.meanwhile(() => says(path, { ...elsewhere, counter: 5 }));
    const error = await lock(clock.io, path, self).catch((cause: CaducusError) => cause);
    expect(String(error)).to.contain('held by process 7 on radar-7c9f-abcde');
  });

  it('of another host name on the same machine is asked for, and taken over at once', async () => {
    const path = folder.file('h');
    const { release } = await lock(io, path, self);
    const mine = JSON.parse(readFileSync(path, 'utf8')) as LockHolder;
    await release();
    says(path, { ...mine, pid: 999_999_999, host: 'radar-7c9f-abcde', token: 'gone' });
    const clock = beating();
    await (await lock(clock.io, path, self)).release();
    expect(clock.io.monotonic()).to.equal(0);
  });

  it('moves its counter, and is lost for good when another has it after a stall', async () => {
    const path = folder.file('i');
    const clock = beating();
    const held = await lock(clock.io, path, self);
    const counter = () => (JSON.parse(readFileSync(path, 'utf8')) as LockHolder).counter;
    clock.beats[0]!();
    await until(() => counter() === 1);
    await held.confirm();
    says(path, { ...elsewhere, token: 'other' });
    clock.pass(11_000);
    clock.beats[0]!();
    await until(() => held.lost.aborted);
    const error = await held.confirm().catch((cause: CaducusError) => cause);
    expect([(error as CaducusError).code, (error as CaducusError).exit]).to.deep.equal(['CAD043', 75]);
    // What is another's now is neither written over nor removed.
    clock.beats[0]!();
    await held.release();
    expect(JSON.parse(readFileSync(path, 'utf8'))).to.include({ token: 'other', counter: 4 });
  });

  it('is taken over although the process that was taking it over has died', async () => {
    const path = folder.file('f');
    says(path, { pid: 999_999_999 });
    says(`${path}.takeover`, { pid: 999_999_998 });
    await (await lock(io, path, self)).release();
  });
});
