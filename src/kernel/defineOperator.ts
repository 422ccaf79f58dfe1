import { Observable, Subject, takeUntil, type OperatorFunction } from 'rxjs';
import type { z } from 'zod';
import type { RunClock, Ticker } from './clock.ts';
import { Instance } from './instance.ts';
import type { ChangeClass, OptionClasses } from './optionChange.ts';
import type { Emit, Flow, Machine, MachineSpec } from './machine.ts';

export { RunClock, type Ticker } from './clock.ts';
export { MachineFailure } from './machineFailure.ts';
export type { Instance, OperatorCounters } from './instance.ts';
export type { CopiedKey, SavedInstance } from './savedInstance.ts';
export type { Emit, Flow, Machine } from './machine.ts';
export { foldedChanges, foldedOptions, keyedChanges, keyedOptions } from './keyedOptions.ts';
export { OTHERS } from './folding.ts';
export type { ChangeClass, OptionChange, OptionClasses } from './optionChange.ts';

/** What a run lends to its operators: its clock, and a look at each instance. */
export interface Host {
  clock: RunClock;
  /** Called with each instance when it is subscribed to, so that a run can save and restore it. */
  attached?(instance: Instance): void;
  /** What is wired in the place of the operator, given how to make its instance; the instance itself where it is left out, or gives none. */
  standIn?(make: (out: Emit<Flow>) => Instance, out: Emit<Flow>): StandIn | null;
}

/** Takes the signals and the ticks of an operator whose work is done elsewhere. */
export interface StandIn extends Ticker {
  /** The operator's own, with what is held here. */
  readonly instance: Instance;
  take(signal: Flow): void;
}

/**
 * An operator: called with options it is an ordinary RxJS operator; `spec` feeds docs, validation and pipelines.
 *
 * Time in plain code is the operator's own input: what is due is done before the first signal at or past its time (event
 * time, milliseconds), and what is open is closed when the input completes. Nothing happens while nothing comes, and an
 * operator behind a filter gets only the times of what passes it. In a run one clock, the watermark, moves all of them.
 */
export interface Operator<Options extends z.ZodType = z.ZodType, Out extends Flow = Flow> {
  <S extends Flow>(options?: z.input<Options>): OperatorFunction<S, S | Out>;
  /** As above, inside a run: ticks come from the run's clock, in chain order. */
  inRun(options: unknown, host: Host): OperatorFunction<Flow, Flow>;
  readonly spec: MachineSpec;
}

/** What a registry holds of an operator: the type of its options is of no matter there. */
export type OperatorEntry = Pick<Operator, 'inRun' | 'spec'>;

/** A class for each option; of options that can be written in several ways, for those of each. None where there are no options. */
type Classes<Names extends string> = string extends Names ? Unclassed : [Names] extends [never] ? Unclassed : Classed<Names>;
type Unclassed = { changes?: OptionClasses };
type Classed<Names extends string> = { changes: Readonly<Record<Names, ChangeClass>> };
type NamesOf<Options> = Options extends readonly unknown[] ? never : keyof Options & string;

/** What an author gives: see `MachineSpec` for the meaning of each field. */
export type OperatorDefinition<Options extends z.ZodType, State, In extends Flow, Out extends Flow> = Omit<
  MachineSpec,
  'machine' | 'options' | 'changes' | 'stateVersion'
> & {
  options: Options;
  stateVersion?: number;
  machine(options: z.output<Options>): Machine<State, In, Out>;
} & Classes<NamesOf<z.output<Options>>>;

/**
 * Turns a pure machine into an RxJS operator.
 *
 * Every signal is forwarded, then handed to the machine (unless `consume`); what the machine emits follows it.
 * The state lives with the subscription: a second subscription starts afresh.
 * Throws a ZodError at the call when the options are wrong.
 */
export function defineOperator<Options extends z.ZodType, State, In extends Flow, Out extends Flow>(
  definition: OperatorDefinition<Options, State, In, Out>,
): Operator<Options, Out> {
  const spec: MachineSpec = { stateVersion: 1, ...definition };
  const build = (options: unknown, host?: Host) => {
    const parsed: unknown = definition.options.parse(options ?? {});
    const slot = host?.clock.reserve();
    return (source: Observable<Flow>) =>
      new Observable<Flow>((subscriber) => {
        // A synchronous source cannot see that nobody listens any more unless it is stopped while it runs:
        // `take(1)` behind a plain wrapper would drain it to its end.
        const stop = new Subject<void>();
        subscriber.add(() => stop.next());
        const instance = new Instance(spec, parsed, (signal) => subscriber.next(signal));
        if (host && slot !== undefined) {
          host.clock.attach(slot, instance);
          host.attached?.(instance);
          subscriber.add(() => host.clock.detach(slot));
        } else {
          instance.ownClock = true;
        }
        const guarded = (work: () => void) => {
          try {
            work();
          } catch (error) {
            subscriber.error(error);
          }
        };
        // In a run nobody leaves before the end, and every layer costs each signal its way through.
        const stoppable = host ? source : source.pipe(takeUntil(stop));
        const subscription = stoppable.subscribe({
          next: (signal) => {
            try {
              instance.take(signal);
            } catch (error) {
              subscriber.error(error);
            }
          },
          error: (error: unknown) => subscriber.error(error),
          complete: () =>
            guarded(() => {
              if (subscriber.closed) return;
              instance.end();
              subscriber.complete();
            }),
        });
        subscriber.add(subscription);
      });
  };
  // What a machine does not consume passes, with its own type: no signature of `build` can say so.
  const operator: unknown = (options: unknown) => build(options);
  return Object.assign(operator as Operator<Options, Out>, { inRun: build, spec });
}
