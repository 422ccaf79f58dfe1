import type { RunProgress } from '../../run/runOptions.ts';
import { count, counted } from '../../views/text/numbers.ts';
import { duration } from '../../views/text/duration.ts';
import { cut } from '../../views/text/text.ts';
import { clearedFirst } from './clearedFirst.ts';
import type { CliContext } from './context.ts';

/** How far long work is; without bytes where it is not a run. */
export type Progress = Omit<RunProgress, 'bytes'> & Partial<Pick<RunProgress, 'bytes'>>;

/** How often the line is drawn on a terminal, and printed where it is none, milliseconds. */
const drawEvery = 200;
const printEvery = 30_000;

const erase = '\r\u001b[2K';

/**
 * A line on stderr that says how far long work is: records, rate, event time, and of files how much is left and how long
 * that takes. On a terminal it is drawn over; elsewhere work on files says a line now and then, and what goes on for ever
 * says nothing. What is printed through `stdout` stands on lines of its own.
 */
export function progressLine({ io }: CliContext) {
  const { stderr } = io;
  const began = io.monotonic();
  let last = began;
  let shown = false;
  const clear = async () => {
    if (shown) await stderr.write(erase);
    shown = false;
  };
  const stdout = clearedFirst(io.stdout, clear);
  return {
    stdout,
    clear,
    show(progress: Progress) {
      const now = io.monotonic();
      if (now - last < (stderr.isTTY ? drawEvery : printEvery) || (!stderr.isTTY && !progress.bytes)) return;
      last = now;
      const text = progressText(progress, now - began);
      shown = stderr.isTTY;
      void stderr.write(stderr.isTTY ? `${erase}${cut(text, stderr.columns - 1)}` : `${text}\n`);
    },
  };
}

/** `1,204,518 records, 29,236/s, 62 %, 12s left, at 2026-03-14T03:12:09Z` */
export function progressText({ read, newest, bytes }: Progress, elapsed: number): string {
  const share = bytes && bytes.of > 0 ? Math.min(1, bytes.done / bytes.of) : null;
  const parts = [counted(read, 'record'), `${count((read / Math.max(1, elapsed)) * 1000)}/s`];
  if (share !== null) parts.push(`${Math.floor(share * 100)} %`);
  if (share !== null && share > 0) parts.push(`${duration(Math.ceil((((1 - share) / share) * elapsed) / 1000) * 1000)} left`);
  if (newest !== null) parts.push(`at ${new Date(newest).toISOString().slice(0, 19)}Z`);
  return parts.join(', ');
}
