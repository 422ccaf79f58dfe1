import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Event, Json } from '../../../src/event.ts';
import { nodeIo, type Io } from '../../../src/io.ts';
import type { Rejected, Signal } from '../../../src/signal.ts';
import { file } from '../../../src/sources/file.ts';
import { openSource } from '../../support/openSource.ts';

export type FileInput = z.input<typeof file.spec.options> & Record<string, unknown>;

/** A folder that is gone after the test. */
export function withFolder(): { at(name: string): string } {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'caducus-file-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return { at: (name) => join(folder, name) };
}

/** One for all: each makes listeners of its own on the standard streams. */
const realIo = nodeIo();

/** What came out of a source, and where it stood after each batch. */
export interface Read {
  signals: Signal[];
  /** How many signals had come, and the position, after each batch. */
  positions: { count: number; position: Json }[];
}

/** Reads a file source to its end. */
export async function readFile(options: Record<string, unknown>, { io = realIo, from = null as Json } = {}): Promise<Read> {
  const { batches, close } = openSource(file, options, { io, from });
  const read: Read = { signals: [], positions: [] };
  for await (const { records, position } of batches) {
    read.signals.push(...records);
    read.positions.push({ count: read.signals.length, position: JSON.parse(JSON.stringify(position)) as Json });
  }
  await close();
  return read;
}

/** Follows a file: at each sleep the next step happens, and `between` after each batch; after the last step the source is stopped, two looks later. */
export async function followFile(
  options: Record<string, unknown>,
  steps: (() => void)[],
  { from = null as Json, quiet = 12, files = realIo.files, between = () => {} } = {},
): Promise<Read> {
  let clock = 0;
  let slept = 0;
  const io: Io = {
    ...realIo,
    files,
    monotonic: () => clock,
    sleep: async (ms) => {
      clock += ms;
      steps[slept]?.();
      slept += 1;
      if (slept >= steps.length + quiet) opened.stop();
    },
  };
  const opened = openSource(file, { ...options, follow: true }, { io, from });
  const read: Read = { signals: [], positions: [] };
  for await (const { records, position } of opened.batches) {
    read.signals.push(...records);
    read.positions.push({ count: read.signals.length, position: JSON.parse(JSON.stringify(position)) as Json });
    between();
  }
  await opened.close();
  return read;
}

export const eventsOf = (signals: readonly Signal[]): Event[] =>
  signals.flatMap((signal) => (signal.kind === 'event' ? [signal.event] : []));
export const rejectedOf = (signals: readonly Signal[]): Rejected[] =>
  signals.flatMap((signal) => (signal.kind === 'rejected' ? [signal.rejected] : []));
export const textsOf = (signals: readonly Signal[]): string[] => eventsOf(signals).map(({ text }) => text);
