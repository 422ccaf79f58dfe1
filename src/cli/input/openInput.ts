import { CaducusError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import type { SourceNode } from '../../pipeline/definition.ts';
import { file } from '../../sources/file.ts';
import type { Source } from '../../sources/source.ts';
import { createParser } from '../../formats/index.ts';
import { bytesOf, lookBytes, looksNewestFirst, type MakeParser } from '../../sources/file/readBackwards.ts';
import { stdin } from '../../sources/stdin.ts';
import { tell, type CliContext } from '../shared/context.ts';
import { chooseWindow } from '../shared/chooseWindow.ts';
import { sourceNode } from '../shared/pipelineNodes.ts';
import { checkGroupField } from './checkGroupField.ts';
import { heldBytes, holdStdin } from './holdStdin.ts';
import type { InputFlags } from './inputFlags.ts';
import { pipedInput } from './pipedInput.ts';
import { spoolStdin } from './spoolStdin.ts';
import { readInput, sourceName, type InputReading } from './readInput.ts';

/** Files or standard input, looked at and ready to be run. */
export interface OpenInput extends InputReading {
  sources: SourceNode[];
  /** Length of a window, as it was given or as it fits. */
  window: string | number;
  /** The outside to run in: what is held of standard input begins anew in it. */
  io: Io;
  /** Ends the run early. Who stops while a pipe is held sees what came so far. */
  stop: AbortSignal;
}

/**
 * Looks at the beginning, the end and a few places between of an input, and makes sources of it. Throws CAD002 for `-`
 * beside files, for flags that its format cannot take, and for a group by a field that no record has.
 */
export async function openInput(
  paths: readonly string[],
  flags: InputFlags & { window?: string | undefined },
  context: CliContext,
): Promise<OpenInput> {
  if (paths.includes('-') && paths.length > 1)
    throw new CaducusError('CAD002', {}, 'standard input (-) stands alone', { hint: 'Give either - or files.' });
  const held = paths[0] === '-' ? await holdStdin(context.io, context.stop, flags.window === undefined ? heldBytes : 1) : null;
  const reading = await readInput(paths, held?.chunks ?? [], flags, context);
  checkGroupField(flags.by, reading.events);
  const window = flags.window ?? chooseWindow(reading.first, reading.last);
  const format = reading.format === undefined ? {} : { format: reading.format };
  if (held === null) {
    const sources = paths.map((path, i) => sourceNode(`file-${i + 1}`, file as Source, { path, ...format }, sourceName));
    return { ...reading, sources, window, io: context.io, stop: context.stop };
  }
  const parserFor: MakeParser = (from) => createParser(reading.format ?? 'auto', { reference: context.io.now() }, from);
  const isTurned = !held.ended && (await looksNewestFirst(bytesOf(Buffer.concat(held.chunks).subarray(0, lookBytes)), parserFor));
  const spooled = isTurned ? await spoolStdin(held.io, context.dataDir, context.stop) : undefined;
  if (!held.ended && flags.window === undefined)
    await tell(context, `Standard input is longer than 64 MiB: windows as fit its first 64 MiB are taken.  --window chooses others.`);
  const node =
    held.ended || spooled
      ? sourceNode(
          'stdin',
          pipedInput as Source,
          { chunks: spooled ? [] : held.chunks, spooled, reference: context.io.now(), ...format },
          sourceName,
        )
      : sourceNode('stdin', stdin as Source, format, sourceName);
  return { ...reading, sources: [node], window, io: held.io, stop: held.stopped ? new AbortController().signal : context.stop };
}
