import type { z } from 'zod';
import type { Json } from '../event.ts';
import type { Flow } from '../signal.ts';
import type { OptionChange, OptionClasses } from './optionChange.ts';

export type { Flow } from '../signal.ts';

export type Emit<Out> = (signal: Out) => void;

/**
 * A pure machine over plain data. No RxJS, clock, input, output or randomness: it touches only the state it is given,
 * so that saving the state is a checkpoint and two runs over the same signals are the same run.
 */
export interface Machine<State, In extends Flow = Flow, Out extends Flow = Flow> {
  /** Of the kinds that its spec names those that it is stepped with, given its options; all of them when left out. */
  accepts?: readonly string[];
  /**
   * The state of a key that is met for the first time ('' for machines that are not keyed). For `others`, which stands for
   * all keys that have no state of their own, `since` is the event time from which the operator has been running.
   */
  start(key: string, since?: number): State;
  /** Folds one signal into the state. */
  step(state: State, signal: In, emit: Emit<Out>): void;
  /** Event time, milliseconds, at which this state next wants a tick; null when it does not. */
  due?(state: State): number | null;
  /** That time has come. Afterwards `due` must lie beyond it. */
  tick?(state: State, time: number, emit: Emit<Out>): void;
  /** The source completed: close what is open. */
  end?(state: State, emit: Emit<Out>): void;
  /**
   * Texts whose vectors the state lacks; given the space a model answers in, those too whose vector lies in another.
   * The run answers with a signal of kind `vectors` before the state's next tick, and before its end.
   */
  wants?(state: State, space: string | null): string[];
  /** What a state counts against `maxBytes`, bytes: an estimate that follows from the state alone. Asked after every signal. */
  size?(state: State): number;
  /** True for a state that may not be dropped, however long it has been idle: an alarm that fires, a breaker that is open. */
  keeps?(state: State): boolean;
  /** For a working state of Maps or typed arrays: to JSON, and back. Without them the state itself is JSON. */
  save?(state: State): Json;
  load?(json: Json): State;
}

/** What a keyed operator does when there are too many keys: fold new ones into `others`, close the longest untouched, or refuse new ones. */
export type OnEvict = 'fold' | 'close' | 'refuse';

export interface MachineSpec {
  name: string;
  /** One line for `list`. */
  summary?: string;
  /** Zod schema of the options (a strict object). */
  options: z.ZodType;
  /** One state a key; bounded by the options `maxGroups` and `idleExpiry`. */
  keyed?: boolean;
  /** The input is not forwarded; the machine emits what goes on. */
  consume?: boolean;
  /** It gives for each signal at most one, at once and from that signal alone: it may work on one before those ahead of it have gone on. */
  stateless?: boolean;
  /** Kinds of signal the machine is stepped with; the others are forwarded only. All when left out. */
  accepts?: readonly string[];
  /** Kinds it can emit, for graphs and docs. */
  emits?: readonly string[];
  /** Named parts of the output that `from: id.port` selects. */
  ports?: Readonly<Record<string, (signal: Flow) => boolean>>;
  /** It takes vectors: its options `embedder` and `similarityThreshold` are those of an embedder, which the run opens. */
  embeds?: boolean;
  /** By option: what a state is worth that was made before it was changed. A registry refuses an operator with an option that has none. */
  changes?: OptionClasses;
  /** Options that say in which windows of time it emits. */
  windows?: readonly string[];
  stateVersion: number;
  /** Carries a saved state of an older version to this one. */
  migrate?(state: Json, fromVersion: number): Json;
  /** Carries a saved state over to other options of class `shape`; null, or left out: it starts anew. */
  convert?(state: Json, change: OptionChange): Json | null;
  /** Makes a saved state fit windows before it that are `ratio` times as long: what waits for a window, and what is counted in windows. */
  rewindow?(state: Json, options: unknown, ratio: number): Json;
  /** The state to begin with in a pipeline that has run without it, up to that event time (milliseconds); as in a new one when left out. */
  join?(options: unknown, time: number): Json;
  /** Default: close. */
  onEvict?: OnEvict;
  machine(options: unknown): Machine<unknown, Flow, Flow>;
}
