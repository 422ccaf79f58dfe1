import { openSync, writeSync } from 'node:fs';
import { emitKeypressEvents } from 'node:readline';
import { ReadStream } from 'node:tty';

/** A key: its name as `node:readline` has it, and the text it types, if any. */
export interface TerminalKey {
  name: string;
  text: string;
  ctrl: boolean;
}

/** A key as `node:readline` tells it. */
interface Pressed {
  name?: string;
  ctrl?: boolean;
  meta?: boolean;
  sequence?: string;
}

export interface TerminalEvents {
  key(key: TerminalKey): void;
  resized(): void;
  /** The program goes on after it was stopped: the screen is a new one. */
  resumed(): void;
}

/** The whole screen of a terminal. What was on it before is there again after `close`, however the program ends. */
export interface Terminal {
  readonly rows: number;
  readonly columns: number;
  /** Whether keys come from standard input, which then can be nothing else. */
  readonly takesInput: boolean;
  /** Whether the screen is taken: not while the program is stopped, nor before it knows that it goes on. */
  readonly isTaken: boolean;
  /** Takes the screen and the keys. */
  open(events: TerminalEvents): void;
  /** Gives them back; at once, and as often as one likes. */
  close(): void;
  /** What Ctrl-C and Ctrl-Z do to a program that does not take the keys: the whole job gets it. */
  signal(name: 'SIGINT' | 'SIGTSTP'): void;
}

const takeScreen = '\u001b[?1049h\u001b[?25l\u001b[2J\u001b[H';
const giveBack = '\u001b[?25h\u001b[?1049l';
/** How long an escape alone is waited for, in case it begins an arrow key, milliseconds. */
const escapeAfter = 100;

/** Keys come from standard input, or where that is a pipe from the terminal itself; null where there is neither. */
function openKeys(): ReadStream | null {
  if (process.stdin.isTTY) return process.stdin;
  try {
    return new ReadStream(openSync('/dev/tty', 'r'));
  } catch {
    // A program without a terminal of its own: nobody can press anything.
    return null;
  }
}

/** Writes at once, whatever else goes on. A terminal that has gone takes nothing, and needs nothing. */
function writeNow(text: string): void {
  try {
    writeSync(process.stdout.fd, text);
  } catch {
    // There is nobody to give a screen back to.
  }
}

/** The terminal that standard output is; null where it is none, or one that cannot place text. */
export function nodeTerminal(): Terminal | null {
  const out = process.stdout;
  if (!out.isTTY || process.env['TERM'] === 'dumb') return null;
  let keys: ReadStream | null = null;
  let events: TerminalEvents | null = null;
  let taken = false;
  const setRaw = (on: boolean) => {
    try {
      keys?.setRawMode(on);
    } catch {
      // The terminal has gone, and its modes with it.
    }
  };
  const take = () => {
    taken = true;
    setRaw(true);
    writeNow(takeScreen);
  };
  const give = () => {
    if (!taken) return;
    taken = false;
    setRaw(false);
    writeNow(giveBack);
  };
  const onKey = (text: string | undefined, { name, ctrl, meta, sequence = '' }: Pressed) => {
    // Escape, and at once another key: the terminal sends them as it sends a key with Alt, which nothing here is on.
    if (meta === true && name !== 'escape') events?.key({ name: 'escape', text: '', ctrl: false });
    const typed = meta === true ? sequence.replace(/^\u001b/, '') : (text ?? '');
    events?.key({ name: name ?? typed, text: typed, ctrl: ctrl === true });
  };
  const onResize = () => events?.resized();
  const onStop = () => {
    give();
    process.kill(process.pid, 'SIGSTOP');
  };
  const onGoOn = () => {
    take();
    events?.resumed();
  };
  return {
    get rows() {
      return out.rows || 24;
    },
    get columns() {
      return out.columns || 80;
    },
    takesInput: process.stdin.isTTY,
    get isTaken() {
      return taken;
    },
    open(given) {
      events = given;
      keys = openKeys();
      take();
      if (keys) {
        emitKeypressEvents(keys, { escapeCodeTimeout: escapeAfter } as never);
        keys.on('keypress', onKey).on('error', () => undefined);
        keys.resume();
      }
      out.on('resize', onResize);
      process.on('exit', give).on('SIGTSTP', onStop).on('SIGCONT', onGoOn);
    },
    close() {
      give();
      events = null;
      keys?.off('keypress', onKey);
      if (keys === process.stdin) keys.pause().unref();
      else keys?.destroy();
      out.off('resize', onResize);
      process.off('exit', give).off('SIGTSTP', onStop).off('SIGCONT', onGoOn);
    },
    signal(name) {
      process.kill(0, name);
    },
  };
}
