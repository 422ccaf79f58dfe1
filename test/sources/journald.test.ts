import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { CaducusError } from '../../src/errors.ts';
import type { Event, Json } from '../../src/event.ts';
import { nodeIo } from '../../src/io.ts';
import { journald, listParameters, readCursor } from '../../src/sources/journald.ts';
import type { SourceBatch } from '../../src/sources/source.ts';
import { withFolder } from './file/fileRuns.ts';
import { openSource } from '../support/openSource.ts';
import { virtualIo } from '../support/virtualIo.ts';

const start = Date.UTC(2026, 2, 14, 3, 10);
const record = (i: number, message: string, more: Record<string, unknown> = {}) => ({
  __CURSOR: `s=1;i=${i.toString(16)};b=2;m=3;t=4;x=5`,
  __REALTIME_TIMESTAMP: String((start + i * 1000) * 1000),
  _BOOT_ID: '2',
  _HOSTNAME: 'web1',
  _SYSTEMD_UNIT: 'orders.service',
  SYSLOG_IDENTIFIER: 'orders',
  PRIORITY: '3',
  MESSAGE: message,
  ...more,
});

const parse = (given: Record<string, unknown> = {}) => journald.spec.options.parse(given) as Parameters<typeof listParameters>[0];
const events = (batches: readonly SourceBatch[]): Event[] =>
  batches.flatMap(({ records }) => records).flatMap((signal) => (signal.kind === 'event' ? [signal.event] : []));

describe('journald', () => {
  const folder = withFolder();

  /** A program that prints what journalctl would: the records behind the cursor it is given; then it ends as it is told. */
  function standIn(records: readonly unknown[], { code = 0, errors = '' } = {}): string {
    const path = folder.at('journalctl');
    writeFileSync(folder.at('journal'), records.map((one) => `${JSON.stringify(one)}\n`).join(''));
    writeFileSync(
      path,
      `#!/usr/bin/env node
const { appendFileSync, readFileSync } = require('node:fs');
appendFileSync(${JSON.stringify(folder.at('calls'))}, JSON.stringify(process.argv.slice(2)) + '\\n');
const after = process.argv.find((one) => one.startsWith('--after-cursor='))?.slice(15);
const lines = readFileSync(${JSON.stringify(folder.at('journal'))}, 'utf8').split('\\n').filter(Boolean);
const from = after ? lines.findIndex((line) => JSON.parse(line).__CURSOR === after) + 1 : 0;
process.stderr.write(${JSON.stringify(errors)});
process.stdout.write(lines.slice(from).map((line) => line + '\\n').join(''), () => process.exit(${code}));
`,
    );
    chmodSync(path, 0o755);
    return path;
  }
  const calls = () =>
    readFileSync(folder.at('calls'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as string[]);

  async function readAll(given: Record<string, unknown>, from: Json | null = null): Promise<SourceBatch[]> {
    const source = openSource(journald, { since: 'today', follow: false, ...given }, { io: virtualIo({ start }), from });
    const batches: SourceBatch[] = [];
    for await (const batch of source.batches) batches.push(batch);
    await source.close();
    return batches;
  }

  it('gives a record of the journal as an event of its unit', async () => {
    const [event] = events(await readAll({ command: standIn([record(1, 'payment refused')]) }));
    expect(event).to.deep.include({ timestamp: '2026-03-14T03:10:01.000Z', group_id: 'journald:orders.service', text: 'payment refused' });
    expect(event!.metadata).to.deep.include({ level: 'error', host: 'web1' });
  });

  it('reads what a message says of itself, such as its own level', async () => {
    const message = '2026-03-14 03:10:00,123 WARN [pay] slow';
    const [event] = events(await readAll({ command: standIn([record(1, message, { PRIORITY: '6' })]) }));
    expect(event).to.deep.include({ text: 'slow' });
    expect(event!.metadata).to.deep.include({ level: 'WARN', component: 'pay' });
  });

  it('goes on behind the last record it gave, and names records as before', async () => {
    const command = standIn([record(1, 'one'), record(2, 'two')]);
    const before = await readAll({ command });
    standIn([record(1, 'one'), record(2, 'two'), record(3, 'three')]);
    const after = await readAll({ command }, before.at(-1)!.position);
    expect(events(after).map(({ text }) => text)).to.deep.equal(['three']);
    const whole = events(await readAll({ command })).map(({ id }) => id);
    expect(events([...before, ...after]).map(({ id }) => id)).to.deep.equal(whole);
    expect(new Set(whole).size).to.equal(3);
  });

  it('starts journalctl again where it ended by itself, behind what it had given', async () => {
    const command = standIn([record(1, 'one'), record(2, 'two')]);
    const source = openSource(journald, { command, since: 'today' }, { io: virtualIo({ start }) });
    const first = (await source.iterator.next()).value as SourceBatch;
    standIn([record(1, 'one'), record(2, 'two'), record(3, 'three')]);
    const second = (await source.iterator.next()).value as SourceBatch;
    source.stop();
    await source.iterator.return?.();
    expect(events([first]).map(({ text }) => text)).to.deep.equal(['one', 'two']);
    expect(events([second]).map(({ text }) => text)).to.deep.equal(['three']);
    expect(calls().at(-1)).to.include(`--after-cursor=${record(2, '').__CURSOR}`);
  });

  it('says what journalctl said when it keeps failing', async () => {
    const command = standIn([], { code: 1, errors: 'hint\nNo journal files were opened due to insufficient permissions.\n' });
    const error = await readAll({ command, follow: true }).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(CaducusError);
    expect((error as Error).message).to.include('ended with 1: No journal files were opened due to insufficient permissions.');
    expect(calls()).to.have.length(5);
  });

  it('says that there is no journalctl', async () => {
    const error = await readAll({ command: folder.at('nothing') }).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(CaducusError).and.to.deep.include({ code: 'CAD011' });
  });

  it('passes what is picked as arguments of its own, so that none is read as another', () => {
    const given = parse({ units: ['nginx*', '--all'], identifiers: ['sshd'], matches: ['_UID=0'], directory: '/var/log/journal' });
    expect(listParameters(given, null)).to.deep.equal([
      '--output=json',
      '--all',
      '--no-pager',
      '--follow',
      '--directory=/var/log/journal',
      '--unit=nginx*',
      '--unit=--all',
      '--identifier=sshd',
      '--lines=0',
      '_UID=0',
    ]);
    expect(() => parse({ matches: ['--vacuum-size=1'] })).to.throw();
  });

  it('finds the cursor wherever it stands in a record', () => {
    expect(readCursor(JSON.stringify({ MESSAGE: 'x', __CURSOR: 's=1;i=2' }))).to.equal('s=1;i=2');
    expect(readCursor('{"MESSAGE":"x"}')).to.equal(null);
  });

  it('reads the files of a real journal, and goes on in them', async function () {
    const remote = '/lib/systemd/systemd-journal-remote';
    if (!existsSync(remote) || !existsSync('/usr/bin/journalctl')) this.skip();
    const write = (name: string, from: number, many: number) => {
      const text = Array.from({ length: many }, (_, i) => record(from + i, `order ${from + i} shipped`))
        .map(
          (fields) =>
            `${Object.entries(fields)
              .map(([key, value]) => `${key}=${value}`)
              .join('\n')}\n\n`,
        )
        .join('');
      const input = text.replaceAll('_BOOT_ID=2', `_BOOT_ID=${'2'.repeat(32)}`).replaceAll(/^__CURSOR=.*\n/gm, '');
      execFileSync(remote, ['-o', folder.at(name), '-'], { input, stdio: ['pipe', 'ignore', 'ignore'] });
    };
    const read = async (from: Json | null) => {
      const source = openSource(journald, { directory: folder.at('.'), since: '2026-01-01', follow: false }, { io: nodeIo(), from });
      const batches: SourceBatch[] = [];
      for await (const batch of source.batches) batches.push(batch);
      return batches;
    };
    write('a.journal', 1, 50);
    const before = await read(null);
    expect(events(before)).to.have.length(50);
    write('b.journal', 51, 20);
    const after = await read(before.at(-1)!.position);
    expect(events(after).map(({ text }) => text)).to.deep.equal(Array.from({ length: 20 }, (_, i) => `order ${51 + i} shipped`));
  });
});
