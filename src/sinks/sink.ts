import { z } from 'zod';
import { signalKind } from '../../config/scalars.ts';
import type { Contacts } from '../findings/owners/contacts.ts';
import type { SinkDecision } from '../findings/whyNot/decision.ts';
import type { Json, JsonObject } from '../event.ts';
import type { Trouble } from '../base/trouble.ts';
import type { Io } from '../io.ts';
import type { Signal, SignalKind } from '../signal.ts';

export interface SinkContext {
  io: Io;
  /** The name the pipeline file gives it. */
  id: string;
  /** Where data lives when the sink's own options name no path. */
  dataDir: string;
  /** What `position` gave at the last checkpoint: a file sink cuts back to it; null at the first start. */
  from: Json | null;
  /** A name for what is running, for headings. */
  pipeline: string;
  /** Who has which group, and where people look; nobody and nowhere when left out. */
  contacts?: Contacts | undefined;
  /** Called with what the sink makes of findings, for who asks why nothing was sent. */
  decided?: ((decision: SinkDecision) => void) | undefined;
  /** How the run stands: whether it goes on until it is stopped, and its newest event time, milliseconds; null before the first; sinks that do not deliver, sources that give nothing. */
  standing?:
    | (() => {
        live: boolean;
        newest: number | null;
        sources?: number;
        silent?: number;
        troubles?: readonly ({ type: 'sink' | 'source'; id: string } & Trouble)[];
      })
    | undefined;
}

/** What keeps a sink from delivering. */
export type SinkTrouble = Trouble;

/** A sink that has failed for so long is reported: shorter failures mend themselves. Milliseconds. */
export const failsAfter = 10_000;

/** offered = written + filtered + failed + held */
export interface SinkCounters {
  written: number;
  filtered: number;
  failed: number;
  held: number;
}

export interface OpenSink {
  /** Takes signals of the selected kinds; the run loop awaits it before it reads on. Rejects when it cannot take them. */
  write(batch: readonly Signal[]): Promise<void>;
  /** Everything written so far is where it belongs (fsync where the sink promises it). */
  flush(): Promise<void>;
  /** Where the sink stands after `flush`, for the checkpoint. */
  position?(): Json;
  close(): Promise<void>;
  counters: SinkCounters;
  /** null while it delivers, or has nothing to deliver. */
  trouble?(): SinkTrouble | null;
  /** A few words for the end-of-run summary, such as `41 MiB in segments`. */
  note?(): string;
  /** Figures for `--json`. */
  figures?(): JsonObject;
}

/** The `select` option of a sink, with what it takes by default. */
export const selectOption = (kinds: readonly SignalKind[]) =>
  z
    .array(signalKind)
    .default([...kinds])
    .describe('Kinds of signal this sink takes.');

/** The kinds that a sink's parsed options select; null when they do not say, which is all. */
export function readSelect(options: unknown): readonly string[] | null {
  const { select } = options as { select?: unknown };
  return Array.isArray(select) ? select.map(String) : null;
}

export interface SinkSpec {
  name: string;
  /** One line for `list`. */
  summary: string;
  /** A strict object with `select`. */
  options: z.ZodType;
  open(options: unknown, context: SinkContext): Promise<OpenSink>;
  /** For `validate --connect`; see the definition. */
  probe?(options: unknown, context: SinkContext): Promise<string>;
}

/** A sink with its options: what `toSink` ends a pipe with. */
export interface ReadySink {
  readonly spec: SinkSpec;
  readonly options: unknown;
  open(context: SinkContext): Promise<OpenSink>;
}

/** What a registry holds of a sink: the type of its options is of no matter there. */
export type SinkEntry = Pick<Sink, 'spec'>;

/** A sink: called with options it is ready to be opened. Throws a ZodError at the call when they are wrong. */
export interface Sink<Options extends z.ZodType = z.ZodType> {
  (options: z.input<Options>): ReadySink;
  readonly spec: SinkSpec;
  /** Parses the options and opens it. Throws a ZodError when they are wrong. */
  open(options: z.input<Options>, context: SinkContext): Promise<OpenSink>;
}

export interface SinkDefinition<Options extends z.ZodType> {
  name: string;
  summary: string;
  options: Options;
  open(options: z.output<Options>, context: SinkContext): Promise<OpenSink>;
  /** Sees whether it could be opened, writing and sending nothing; resolves to a few words. Without it nothing is tried. */
  probe?(options: z.output<Options>, context: SinkContext): Promise<string>;
}

/** Declares a sink. */
export function defineSink<Options extends z.ZodType>(definition: SinkDefinition<Options>): Sink<Options> {
  const ready = (options: z.input<Options>): ReadySink => {
    const parsed = definition.options.parse(options);
    return { spec: definition, options: parsed, open: (context) => definition.open(parsed, context) };
  };
  return Object.assign(ready, {
    spec: definition,
    open: async (options: z.input<Options>, context: SinkContext) => definition.open(definition.options.parse(options), context),
  });
}
