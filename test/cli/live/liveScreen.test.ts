import { expect } from 'chai';
import type { Terminal, TerminalEvents } from '../../../src/io/terminal.ts';
import { openLiveScreen } from '../../../src/cli/live/liveScreen.ts';
import type { CliContext } from '../../../src/cli/shared/context.ts';
import { sampleLook, typed } from '../../support/live/look.ts';
import { testIo } from '../../support/testIo.ts';
import { partly } from '../../support/typed.ts';

/** A screen on a terminal that does what it is told, and remembers. */
function open({ ack = async (target: string, text: string) => `acked ${target} ${text}` } = {}) {
  const io = testIo();
  const stop = new AbortController();
  const done: string[] = [];
  let events: TerminalEvents | null = null;
  const size = { rows: 24, columns: 80 };
  const terminal: Terminal = {
    get rows() {
      return size.rows;
    },
    get columns() {
      return size.columns;
    },
    takesInput: true,
    isTaken: true,
    open: (given) => {
      events = given;
      done.push('taken');
    },
    close: () => done.push('given back'),
    signal: (name) => done.push(name),
  };
  const context = partly<CliContext>({
    io,
    stop: stop.signal,
    color: false,
    layered: { settings: { ascii: false, time_zone: 'UTC' } },
  });
  const screen = openLiveScreen({ terminal, context, first: sampleLook(), ack });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const keys = async (line: string) => {
    for (const key of typed(line)) events!.key(key);
    await settle();
  };
  return { io, stop, done, screen, keys, settle, size, resized: () => events!.resized(), resumed: () => events!.resumed() };
}

describe('the shell of a live screen', () => {
  it('draws at once, and afterwards only the lines that have changed', async () => {
    const { io, keys, screen, settle } = open();
    await settle();
    expect(io.stdout.text).to.contain('\u001b[2J').and.to.contain('RADAR  orders');
    io.stdout.text = '';
    await keys('j');
    expect(io.stdout.text.match(/\u001b\[\d+;1H/g)).to.have.length(2);
    io.stdout.text = '';
    screen.show(sampleLook());
    await settle();
    expect(io.stdout.text).to.equal('');
  });

  it('draws all of it anew, in one piece, when the terminal has another size or comes back', async () => {
    const { io, size, resized, resumed, settle } = open();
    await settle();
    for (const change of [() => (size.columns = 120), () => (size.rows = 50)]) {
      io.stdout.text = '';
      change();
      resized();
      await settle();
      expect(io.stdout.text.split('\u001b[2J')).to.have.length(2);
    }
    io.stdout.text = '';
    resumed();
    await settle();
    expect(io.stdout.text).to.contain('RADAR  orders');
  });

  it('skips screens that a slow terminal has no time for', async () => {
    const { io, screen, settle } = open();
    await settle();
    const waiting: (() => void)[] = [];
    const written: string[] = [];
    io.stdout.write = (text) => new Promise((resolve) => waiting.push(() => (written.push(text), resolve(true))));
    for (let rate = 1; rate <= 100; rate += 1) screen.show(sampleLook({ rate }));
    await settle();
    expect(waiting).to.have.length(1);
    waiting.shift()!();
    await settle();
    waiting.shift()!();
    await settle();
    expect(waiting).to.have.length(0);
    expect(written.at(-1)).to.contain(' 100/s');
  });

  it('q ends it, and the terminal is given back once', async () => {
    const { done, screen, keys } = open();
    await keys('q');
    expect(screen.quit.aborted).to.equal(true);
    await screen.close();
    await screen.close();
    expect(done).to.deep.equal(['taken', 'given back']);
  });

  it('ctrl-c gives the terminal back before the job is told', async () => {
    const { done, keys, settle } = open();
    await keys('<ctrl-c>');
    await settle();
    expect(done).to.deep.equal(['taken', 'given back', 'SIGINT']);
  });

  it('a program that is stopped gives the terminal back', async () => {
    const { done, stop, screen, settle } = open();
    stop.abort();
    await settle();
    expect(done).to.deep.equal(['taken', 'given back']);
    expect(screen.quit.aborted).to.equal(true);
  });

  it('ctrl-z stops the job as it is', async () => {
    const { done, keys } = open();
    await keys('<ctrl-z>');
    expect(done).to.deep.equal(['taken', 'SIGTSTP']);
  });

  it('an ack is said to be done, or why it could not be', async () => {
    const good = open();
    await good.keys('a2h<return>');
    await good.settle();
    expect(good.io.stdout.text).to.contain('acked e7c1aa 2h');
    const bad = open({ ack: () => Promise.reject(new Error('the disk is full')) });
    await bad.keys('a<return>');
    await bad.settle();
    expect(bad.io.stdout.text).to.contain('the disk is full');
  });

  it('what is told on standard error is said, and stands behind it in full', async () => {
    const { io, screen, settle } = open();
    await screen.stderr.write('one\n');
    await screen.stderr.write('two\n');
    await settle();
    expect(io.stderr.text).to.equal('');
    expect(io.stdout.text).to.contain('two');
    await screen.close();
    await screen.stderr.write('three\n');
    expect(io.stderr.text).to.equal('one\ntwo\nthree\n');
  });
});
