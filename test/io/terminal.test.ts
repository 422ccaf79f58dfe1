import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { bundledProgram } from '../../bench/support/program.ts';
import { thisProcess } from '../../src/io.ts';
import { nodeTerminal } from '../../src/io/terminal.ts';
import { hasTmux, openTerminal, type TerminalWindow } from '../support/live/tmux.ts';

const line = (minute: number, text: string) => `2026-03-14T03:${String(minute).padStart(2, '0')}:01.000Z ${text}\n`;
/** Six windows of quiet, and an error in the last. */
const log = [
  ...Array.from({ length: 30 }, (_, minute) => line(minute, `INFO orders Order ${minute} paid`)),
  line(30, 'ERROR orders payment gateway refused order 7: timeout'),
  ...Array.from({ length: 8 }, (_, minute) => line(31 + minute, `INFO orders Order ${minute} paid`)),
].join('');

describe('the live screen in a terminal', function () {
  this.timeout(300_000);
  let folder: string;
  let terminal: TerminalWindow | null = null;
  let asked = 0;
  let program: string;
  before(async function () {
    if (!hasTmux) this.skip();
    program = await bundledProgram('terminal');
  });
  after(() => rm(program, { force: true }));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caducus-live-'));
    await writeFile(join(folder, 'app.log'), log);
  });
  afterEach(async () => {
    terminal?.close();
    terminal = null;
    // What is stopped may still put away what it knows.
    await rm(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 200 });
  });

  const readPid = async () => Number(await readFile(join(folder, 'pid'), 'utf8'));

  /** Starts a command behind a line that was there before, and waits for its screen. */
  async function start(command: string, columns = 80, rows = 24, keys = 'q quit'): Promise<TerminalWindow> {
    terminal = openTerminal(columns, rows, folder, { CADUCUS_DATA_DIR: join(folder, 'data'), P: `node ${program}` });
    terminal.type('echo was there before');
    terminal.press('Enter');
    await terminal.until('the shell', (text) => text.includes('\nwas there before'));
    terminal.type(command);
    terminal.press('Enter');
    await terminal.until('the screen', (text) => text.includes(keys) && text.includes('payment gateway'));
    expect(terminal.isWhole()).to.equal(true);
    return terminal;
  }

  /** The terminal is the shell's again: its lines, its echo, and what is typed comes out whole. */
  async function expectShell({ type, press, until, isWhole }: TerminalWindow): Promise<string> {
    await until('the shell again', (text) => text.includes('was there before') && /[$#]\s*$/.test(text));
    expect(isWhole()).to.equal(false);
    const before = await until('a quiet shell', (text) => /[$#]\s*$/.test(text));
    type(`stty -a | grep -c -- "-icanon\\|-echo \\|-isig"; echo typed ${(asked += 1)}`);
    press('Enter');
    const after = await until('an echo', (text) => text.includes(`\ntyped ${asked}`));
    expect(after).to.match(/\n0\n/);
    return before;
  }

  it('is right at 80x24 and 200x50, and as large as the terminal becomes', async () => {
    const { screen, resize, until, press } = await start('$P radar --follow app.log');
    for (const [columns, rows] of [
      [200, 50],
      [80, 24],
      [61, 12],
    ] as const) {
      resize(columns, rows);
      const text = await until(`${columns}x${rows}`, (shown) => {
        const lines = shown.split('\n').slice(0, -1);
        return (
          lines.length === rows &&
          /q quit/.test(lines.at(-1)!) &&
          shown.startsWith('RADAR  app.log') &&
          shown.includes('usual') === columns >= 96
        );
      });
      expect(text).to.contain('ERROR').and.to.contain('>');
    }
    press('Enter');
    await until('the explanation', (text) => text.startsWith('EXPLAIN'));
    press('Escape');
    expect(await until('the rows', (text) => text.startsWith('RADAR'))).to.contain('> ');
    expect(screen()).to.not.contain('was there before');
  });

  it('q prints the radar as it was, on the screen as it was', async () => {
    const window = await start('$P radar --follow app.log');
    window.press('q');
    const text = await expectShell(window);
    expect(text).to.contain('RADAR').and.to.contain('payment gate').and.to.contain('caducus explain');
  });

  it('Ctrl-C ends it and the program that feeds it; the terminal is as before', async () => {
    const window = await start('tail -n 100 -F app.log | $P radar -');
    await appendFile(join(folder, 'app.log'), line(41, 'INFO orders Order 99 paid'));
    window.press('C-c');
    expect(await expectShell(window)).to.contain('caducus explain');
    window.type('jobs; pgrep -f "tail -n 100 -F" -c -P $$');
    window.press('Enter');
    await window.until('no tail', (text) => /\n0\n/.test(text.slice(text.lastIndexOf('pgrep'))));
  });

  it('Ctrl-Z gives the terminal to the shell, fg brings the screen back', async () => {
    const window = await start('$P radar --follow app.log');
    window.press('C-z');
    await window.until('the shell', (text) => text.includes('Stopped'));
    await expectShell(window);
    window.type('fg');
    window.press('Enter');
    const text = await window.until('the screen again', (shown) => shown.startsWith('RADAR  app.log') && shown.includes('q quit'));
    expect(text).to.not.contain('was there before');
    window.press('j');
    window.press('q');
    await expectShell(window);
  });

  it('a terminal that takes little gets the newest screen, whatever came meanwhile, and is as before afterwards', async () => {
    const window = await start(`sh -c 'echo $$ > pid; exec $P radar --follow app.log'`);
    const pid = await readPid();
    const readSoFar = async () => Number(/rchar: (\d+)/.exec(await readFile(`/proc/${pid}/io`, 'utf8'))![1]);
    for (let round = 0; round < 8; round += 1)
      await window.stall(async () => {
        const more = Array.from({ length: 60 }, (_, i) =>
          line(41 + round, `WARN orders retry of shipment to depot-${round} took ${i} s`),
        ).join('');
        const wanted = (await readSoFar()) + more.length;
        await appendFile(join(folder, 'app.log'), more);
        while ((await readSoFar()) < wanted) await wait(20);
      });
    await appendFile(join(folder, 'app.log'), line(50, 'ERROR orders newest fault'));
    await window.until('the newest', (text) => text.startsWith('RADAR') && text.includes('newest fault') && text.includes('q quit'));
    window.press('C-c');
    expect(await expectShell(window)).to.contain('caducus explain');
  });

  for (const signals of [['SIGTERM'], ['SIGHUP'], ['SIGTERM', 'SIGTERM']] as const)
    it(`${signals.join(' and ')} gives the terminal back`, async () => {
      const window = await start(`sh -c 'echo $$ > pid; exec $P radar --follow app.log'`);
      for (const signal of signals) process.kill(await readPid(), signal);
      await expectShell(window);
    });

  it('the program ends with its terminal', async () => {
    const window = await start(`sh -c 'echo $$ > pid; exec $P radar --follow app.log'`);
    const pid = await readPid();
    window.close();
    terminal = null;
    while (thisProcess.isAlive(pid)) await wait(50);
  });

  it('takes no screen with --plain, nor where the terminal can place nothing', async () => {
    terminal = openTerminal(80, 24, folder, { CADUCUS_DATA_DIR: join(folder, 'data'), P: `node ${program}` });
    terminal.type('timeout 20 $P radar --follow app.log --plain');
    terminal.press('Enter');
    await terminal.until('a radar', (text) => text.includes('RADAR') && text.includes('payment gateway'));
    expect(terminal.isWhole()).to.equal(false);
  });

  it('is none without a terminal', () => expect(nodeTerminal()).to.equal(null));
});
