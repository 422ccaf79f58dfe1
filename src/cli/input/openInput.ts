import { join } from 'node:path';
import { CaducusError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import type { SourceNode } from '../../pipeline/definition.ts';
import { file } from '../../sources/file.ts';
import type { Source } from '../../sources/source.ts';
import { createParser } from '../../formats/index.ts';
import { bytesInMemory, lookBytes, looksNewestFirst, type MakeParser } from '../../sources/file/readBackwards.ts';
import { stdin } from '../../sources/stdin.ts';
import { spoolPipe } from '../../sources/stdin/spoolPipe.ts';
import { tell, type CliContext } from '../shared/context.ts';
import { chooseWindow, liveWindow } from '../shared/chooseWindow.ts';
import { sourceNode } from '../shared/pipelineNodes.ts';
import { checkGroupField } from './checkGroupField.ts';
import { heldBytes, holdStdin, type HeldStdin } from './holdStdin.ts';
import type { InputFlags } from './inputFlags.ts';
import { pipedInput } from './pipedInput.ts';
import { readInput, sourceName, type InputReading } from './readInput.ts';

/** Files or standard input, looked at and ready to be run. */
export interface OpenInput extends InputReading {
  sources: SourceNode[];
  /** Length of a window as it was given or as it fits, milliseconds. */
  window: number;
  /** The outside to run in: what is held of standard input begins anew in it. */
  io: Io;
  /** Ends the run early. Who stops while a pipe is held sees what came so far. */
  stop: AbortSignal;
  /** Whether it goes on as things happen, until it is stopped. */
  live: boolean;
}

/** How an input that may go on is waited for. */
export interface Following {
  /** Files are read on as they grow, and a pipe is live from its first line. */
  follow: boolean;
  /** A pipe that is slow is live: there is somebody who looks at it. */
  watched: boolean;
}

/** Shorter windows of what goes on would change before they are read, milliseconds. */
const leastLive = 60_000;
/** A pipe is looked at after so long, to find out whether it is live, milliseconds. */
const liveAfter = 2_000;
/** The same of one that is to be followed: what is there by then tells its format. */
const followAfter = 300;

/**
 * Looks at the beginning, the end and a few places between of an input, and makes sources of it. Throws CAD002 for `-`
 * beside files, for flags that its format cannot take, and for a group by a field that no record has.
 */
export async function openInput(
  paths: readonly string[],
  flags: InputFlags & { window?: number | undefined },
  context: CliContext,
  { follow, watched }: Following = { follow: false, watched: false },
): Promise<OpenInput> {
  if (paths.includes('-') && paths.length > 1)
    throw new CaducusError('CAD002', {}, 'standard input (-) stands alone', { hint: 'Give either - or files.' });
  const held = paths[0] === '-' ? await holdPipe(flags.window !== undefined, { follow, watched }, context) : null;
  const reading = await readInput(paths, held?.chunks ?? [], flags, context);
  checkGroupField(flags.by, reading.events);
  const fitting = chooseWindow(reading.first, reading.last);
  const live = follow || held?.live === true;
  const window = flags.window ?? (live ? Math.max(leastLive, Math.min(fitting, liveWindow)) : fitting);
  const format = reading.format === undefined ? {} : { format: reading.format };
  if (held === null) {
    const sources = paths.map((path, i) => sourceNode(`file-${i + 1}`, file as Source, { path, follow, ...format }, sourceName));
    return { ...reading, sources, window, io: context.io, stop: context.stop, live };
  }
  const parserFor: MakeParser = (from) => createParser(reading.format ?? 'auto', { reference: context.io.now() }, from);
  const isTurned =
    !held.ended && !live && (await looksNewestFirst(bytesInMemory(Buffer.concat(held.chunks).subarray(0, lookBytes)), parserFor));
  const spooled = isTurned
    ? await spoolPipe(held.io, held.io.stdin(), {
        folder: join(context.dataDir, 'state', 'radar'),
        signal: context.stop,
        command: 'caducus radar -',
      })
    : undefined;
  if (!held.ended && !live && flags.window === undefined)
    await tell(context, `Standard input is longer than 64 MiB: windows as fit its first 64 MiB are taken.  --window chooses others.`);
  const node =
    (held.ended && !live) || spooled
      ? sourceNode(
          'stdin',
          pipedInput as Source,
          { chunks: spooled ? [] : held.chunks, spooled, reference: context.io.now(), ...format },
          sourceName,
        )
      : sourceNode('stdin', stdin as Source, format, sourceName);
  return { ...reading, sources: [node], window, io: held.io, stop: held.stopped ? new AbortController().signal : context.stop, live };
}

/** With a window nothing has to be known of the rest; what is followed is only waited for until its format is known. */
function holdPipe(windowed: boolean, { follow, watched }: Following, { io, stop }: CliContext): Promise<HeldStdin> {
  if (follow) return holdStdin(io, stop, { liveAfter: followAfter, most: 1 << 16 });
  return holdStdin(io, stop, { most: windowed ? 1 : heldBytes, liveAfter: watched ? liveAfter : undefined });
}
