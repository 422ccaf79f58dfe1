import { recordLine } from '../base/recordText.ts';
import { z } from 'zod';
import { CaducusError } from '../errors.ts';
import { toIso, type Json } from '../event.ts';
import { writeAll, type Files, type OpenFile } from '../io.ts';
import { digest } from '../base/digest.ts';
import type { RejectedSignal } from '../signal.ts';
import { endLastLine } from '../store/endLastLine.ts';
import { rejectedFile, rejectedFolder, rejectedParts, type RejectedRecord } from '../store/rejectedFiles.ts';
import { zeroCounters } from './counters.ts';
import { defineSink, type OpenSink } from './sink.ts';

const options = z.strictObject({
  select: z
    .array(z.enum(['rejected']))
    .default(['rejected'])
    .describe('Kinds of signal this sink takes.'),
  partBytes: z
    .int()
    .min(1)
    .default(16 * 2 ** 20)
    .describe('A file that has grown past this is set aside, and a new one begun.'),
  parts: z.int().min(1).default(4).describe('Files that are kept, the one being written among them; the oldest go first.'),
});

function makeRecord({ time, rejected }: RejectedSignal, pipeline: string): RejectedRecord {
  const { source, reason, place, original } = rejected;
  const id = digest(JSON.stringify([source, reason, place.file, place.line, place.offset, original]), 12);
  return { id, pipeline, at: time === 0 ? null : toIso(time), source, reason, place, original };
}

interface Position {
  part: number;
  offset: number;
}

function positionIn(from: Json | null): Position | null {
  if (from === null || typeof from !== 'object' || Array.isArray(from)) return null;
  const { part, offset } = from;
  return typeof part === 'number' && typeof offset === 'number' ? { part, offset } : null;
}

/** The files of one pipeline's rejected records: one is written, full ones are set aside under rising numbers. */
class Parts {
  readonly #files: Files;
  readonly #dataDir: string;
  readonly #pipeline: string;
  /** The number that the file being written will have. */
  part = 1;
  offset = 0;
  #file: OpenFile | null = null;

  constructor(files: Files, dataDir: string, pipeline: string) {
    this.#files = files;
    this.#dataDir = dataDir;
    this.#pipeline = pipeline;
  }

  /** Goes back to a checkpoint; where its part is gone, or was shortened by hand, goes on behind what there is. */
  async open(from: Position | null): Promise<void> {
    await this.#files.makeFolder(rejectedFolder(this.#dataDir));
    const aside = await this.#aside();
    this.part = (aside.at(-1) ?? 0) + 1;
    if (from !== null && aside.includes(from.part)) {
      for (const later of aside.filter((part) => part > from.part)) await this.#files.remove(this.#path(later));
      await this.#files.rename(this.#path(from.part), this.#path());
      this.part = from.part;
    }
    const there = await this.#files.lstat(this.#path());
    if (there?.isSymbolicLink())
      throw new CaducusError('CAD011', { file: this.#path() }, 'is a symbolic link', {
        hint: 'Remove it: what is rejected would be written elsewhere.',
      });
    const size = there?.size ?? 0;
    const cut = from !== null && from.part === this.part && from.offset <= size ? from.offset : null;
    this.offset = cut ?? (await endLastLine(this.#files, this.#path(), size));
    this.#file = await this.#files.open(this.#path(), there ? 'r+' : 'wx');
    if (cut !== null) await this.#file.truncate(cut);
  }

  async write(bytes: Uint8Array, { partBytes, parts }: { partBytes: number; parts: number }): Promise<void> {
    if (this.offset > 0 && this.offset + bytes.length > partBytes) await this.#next(parts);
    await writeAll(this.#file!, bytes, this.offset);
    this.offset += bytes.length;
  }

  async #next(keep: number): Promise<void> {
    await this.#file!.sync();
    await this.#file!.close();
    await this.#files.rename(this.#path(), this.#path(this.part));
    for (const old of (await this.#aside()).slice(0, -(keep - 1) || undefined)) await this.#files.remove(this.#path(old));
    this.#file = await this.#files.open(this.#path(), 'wx');
    this.part += 1;
    this.offset = 0;
  }

  /** Numbers of the parts set aside, rising. */
  async #aside(): Promise<number[]> {
    const parts = (await rejectedParts(this.#files, this.#dataDir)).get(this.#pipeline) ?? [];
    return parts.flatMap(({ part }) => part ?? []);
  }

  #path(part?: number): string {
    return rejectedFile(this.#dataDir, this.#pipeline, part);
  }

  sync = (): Promise<void> => this.#file!.sync();
  close = async (): Promise<void> => this.#file?.close();
}

/**
 * Keeps what a pipeline could not take, with reason and place, for `caducus rejected`. Bounded: the oldest files go. Exactly
 * once in effect, as long as a checkpoint's file is still kept.
 */
export const rejectedLog = defineSink({
  name: 'rejected-log',
  summary: 'Keeps rejected records with reason, place and redacted original.',
  options,
  open: async ({ partBytes, parts: keep }, { io, dataDir, from, pipeline }): Promise<OpenSink> => {
    const parts = new Parts(io.files, dataDir, pipeline);
    const counters = zeroCounters();
    const position = positionIn(from);
    // Made only when there is something to keep.
    let open = false;
    const ready = async () => {
      if (!open) await parts.open(position);
      open = true;
    };
    if (position !== null) await ready();
    return {
      counters,
      async write(batch) {
        const taken = batch.filter((signal): signal is RejectedSignal => signal.kind === 'rejected');
        counters.filtered += batch.length - taken.length;
        if (taken.length === 0) return;
        await ready();
        await parts.write(Buffer.from(taken.map((signal) => recordLine(makeRecord(signal, pipeline))).join('')), {
          partBytes,
          parts: keep,
        });
        counters.written += taken.length;
      },
      flush: async () => (open ? parts.sync() : undefined),
      position: () => (open ? { part: parts.part, offset: parts.offset } : null),
      close: () => parts.close(),
      note: () => (counters.written > 0 ? 'caducus rejected ls' : ''),
    };
  },
});
