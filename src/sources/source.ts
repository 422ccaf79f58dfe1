import { Observable } from 'rxjs';
import type { z } from 'zod';
import { duration } from '../../config/scalars.ts';
import { roomBehind } from '../base/backPressure.ts';
import type { Json } from '../event.ts';
import type { Trouble } from '../base/trouble.ts';
import type { Parsing } from './parsing/parsing.ts';
import type { Arrival } from '../arrival.ts';
import { nodeIo, type Io } from '../io.ts';
import type { Signal } from '../signal.ts';

/** What a source gives of an arrival: records read together, and where it stands after them (`open` gets that as `from` to go on). */
export interface SourceBatch extends Pick<Arrival, 'records' | 'watermark'> {
  position: Json;
  /** Which stream of the source they are of, such as one of several files: each has a clock of its own. One when left out. */
  stream?: string;
  /**
   * Of a source that ends and reads several streams side by side: those that have not ended, each with when it begins
   * (milliseconds since 1970; null where nobody knows). Without `stream`: what is no record of any.
   */
  streams?: ReadonlyMap<string, number | null>;
  /** When the last of what is read was written, milliseconds since 1970, as the modification time of a file: no stamp can lie after it. 0 where nobody knows. */
  written?: number;
  /** For each record 1 where nothing in it is to be masked: that was looked at. All of them are looked at when left out. */
  clean?: Uint8Array | undefined;
}

export interface SourceContext {
  io: Io;
  /** The name the pipeline file gives it. */
  id: string;
  /** Where to go on; null at the first start. */
  from: Json | null;
  /** Aborts a waiting read at once. */
  signal: AbortSignal;
  /** Where data lives; shared by all pipelines that use it. Absent in plain code without a run. */
  dataDir?: string | undefined;
  /** A folder for durable state of this pipeline's sources, such as the journal of a listener. */
  stateDir?: string | undefined;
  /** What is done to a record before it is written anywhere: a source that keeps a journal of its own redacts by it. */
  redact?: ((record: Signal) => Signal) | undefined;
  /** Where bytes can be parsed while this thread does something else; what comes of them is the same. */
  parsing?: Parsing | undefined;
  /** Which of its parts is read, from 0 on, where other processes read the others; all of them when left out. */
  part?: SourcePart | undefined;
}

/** One of the parts that a source is read in. */
export interface SourcePart {
  index: number;
  of: number;
}

/**
 * Who reads a source where several processes run its pipeline on an engine: `one` of them; `each`, what comes to itself; or
 * all, each some of so many parts.
 */
export type SourceReaders = 'one' | 'each' | { parts: number };

/** What a source took in and did not hand on, since it was opened. Each is one of the sums of a run. */
export interface SourceCounts {
  /** Records that a sender gave again, which the source itself let go. */
  duplicate?: number;
  /** Records that its options leave out. */
  filtered?: number;
  /** Records that its sender only counted: they never came, and are in no sum. */
  left_out?: number;
  /** Bytes that were passed over, or lost before they could be read. */
  passed_over?: number;
}

export interface OpenSource {
  batches: AsyncIterable<SourceBatch>;
  /** Called after the checkpoint that covers the position: it may be acknowledged outside. */
  commit?(position: Json): Promise<void>;
  /** Called when no checkpoint before the one of this position is kept: what was kept to go back further can go. */
  release?(position: Json): Promise<void>;
  counts?(): SourceCounts;
  /** What keeps it from giving anything, and since when; null while nothing does. */
  trouble?(): Trouble | null;
  /** The last canary line that came through: when, milliseconds since 1970, and how long it took, milliseconds; null before the first. */
  canary?(): { at: number; took: number } | null;
  /**
   * The position at which these streams stand where they stood in theirs, and the others where they stand in it. Needed of
   * sources with `streams`.
   */
  rewind?(position: Json, streams: ReadonlyMap<string, Json>): Json;
  /**
   * Records from places further on, each list in its order, by which it is known how far the input is out of order. Nothing
   * of it is taken.
   */
  sample?(): Promise<readonly (readonly Signal[])[]>;
  /** What it has read so far, how much of it, and of how much where that is known, bytes; for the summary and the progress of the run. */
  extent?(): { what: string; bytes: number; of?: number };
  close(): Promise<void>;
}

/** Options every source has; spread them into its strict object. */
export const sourceOptions = {
  allowedLateness: duration
    .prefault('0s')
    .describe('How far behind the newest event a record may come and still be counted in its window.'),
  idle: duration.prefault('5s').describe('On live sources: after this long without a record the clock moves the watermark on.'),
  maxFutureSkew: duration
    .optional()
    .prefault('1m')
    .describe(
      'How far past its arrival (of files, past the start of the run) a stamp may lie. One beyond goes on at the time of its neighbours, marked, so that it cannot make all that follow late.',
    ),
};

export interface SourceSpec {
  name: string;
  /** One line for `list`. */
  summary: string;
  options: z.ZodType;
  /** Whether the same position can be read again after a crash. */
  replayable(options: unknown): boolean;
  /** A live source ends only when it is stopped; its records merge by arrival. */
  live(options: unknown): boolean;
  /** It reads bytes that `SourceContext.parsing` can parse. */
  parsesAside(options: unknown): boolean;
  /** Who reads it where several processes run its pipeline. */
  readers(options: unknown): SourceReaders;
  /** Its records go beside those of the others: they move no time and hold none back, and it ends when the others do. */
  accompanies: boolean;
  /** It may give the same record again, under the same id. */
  redelivers: boolean;
  /** Its records were written as things happened, one after another; others come in any order. */
  sequential: boolean;
  /** The options that its positions depend on. */
  identity(options: unknown): unknown;
  /** A position of before it was to be read otherwise; see the definition. */
  reread?(position: Json): Json;
  open(options: unknown, context: SourceContext): OpenSource;
  /** For `validate --connect`; see the definition. */
  probe?(options: unknown, context: SourceContext): Promise<string>;
}

/** What a registry holds of a source: the type of its options is of no matter there. */
export type SourceEntry = Pick<Source, 'spec'>;

/** A source: called with options it is a cold Observable of signals that stops when it is unsubscribed from. */
export interface Source<Options extends z.ZodType = z.ZodType> {
  (options: z.input<Options>, context?: Partial<Pick<SourceContext, 'io' | 'id' | 'from'>>): Observable<Signal>;
  readonly spec: SourceSpec;
}

export interface SourceDefinition<Options extends z.ZodType> {
  name: string;
  summary: string;
  options: Options;
  /** Default true. */
  replayable?: boolean | ((options: z.output<Options>) => boolean);
  /** Default false. */
  live?: boolean | ((options: z.output<Options>) => boolean);
  /** Default false. */
  parsesAside?: boolean | ((options: z.output<Options>) => boolean);
  /** Default `one`. Others only of a source that is live, which ends only when it is stopped. */
  readers?: SourceReaders | ((options: z.output<Options>) => SourceReaders);
  /** Default false. */
  accompanies?: boolean;
  /** Default false. */
  redelivers?: boolean;
  /** Its records were written as things happened, one after another, as lines are: a wrong clock shows by its neighbours. Default false. */
  sequential?: boolean;
  /** The options that its positions depend on: with others a saved position means nothing. Default: all but those of time. */
  identity?(options: z.output<Options>): unknown;
  /**
   * Where positions hold though the options of its identity are others, since they only say how the same is read: the
   * position as it is to be gone on from.
   */
  reread?(position: Json): Json;
  open(options: z.output<Options>, context: SourceContext): OpenSource;
  /**
   * Sees whether it could be opened, taking nothing and changing nothing outside; resolves to a few words. Without it
   * the source is opened, its first batch read and let go.
   */
  probe?(options: z.output<Options>, context: SourceContext): Promise<string>;
}

/** All options but those every source has. */
const ownOptions = (options: object) => Object.fromEntries(Object.entries(options).filter(([name]) => !(name in sourceOptions)));

const asFunction = <O, T>(value: T | ((options: O) => T) | undefined, otherwise: T): ((options: O) => T) =>
  typeof value === 'function' ? (value as (options: O) => T) : () => value ?? otherwise;

/** Declares a source. Throws a ZodError at the call when the options are wrong. */
export function defineSource<Options extends z.ZodType>(definition: SourceDefinition<Options>): Source<Options> {
  const spec: SourceSpec = {
    ...definition,
    replayable: asFunction(definition.replayable, true),
    live: asFunction(definition.live, false),
    parsesAside: asFunction(definition.parsesAside, false),
    readers: asFunction(definition.readers, 'one'),
    accompanies: definition.accompanies ?? false,
    redelivers: definition.redelivers ?? false,
    sequential: definition.sequential ?? false,
    identity: definition.identity ?? ownOptions,
  };
  const source = (options: z.input<Options>, { io = nodeIo(), id = definition.name, from = null }: Partial<SourceContext> = {}) => {
    const parsed = definition.options.parse(options);
    return new Observable<Signal>((subscriber) => {
      const stop = new AbortController();
      const room = roomBehind();
      subscriber.add(() => stop.abort());
      void (async () => {
        let open: OpenSource | undefined;
        try {
          open = definition.open(parsed, { io, id, from, signal: stop.signal });
          for await (const batch of open.batches) {
            for (const record of batch.records) {
              if (subscriber.closed) return;
              subscriber.next(record);
            }
            await room();
          }
          subscriber.complete();
        } catch (error) {
          if (!stop.signal.aborted) subscriber.error(error);
        } finally {
          await open?.close();
        }
      })();
    });
  };
  return Object.assign(source, { spec });
}
