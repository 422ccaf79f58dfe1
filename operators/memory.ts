import { z } from 'zod';
import { duration } from '../config/scalars.ts';
import { isResolution } from '../src/memory/judge/readAlert.ts';
import { GroupMemory, type EmitBlip } from '../src/memory/groupMemory.ts';
import type { MemoryOptions } from '../src/memory/memoryOptions.ts';
import type { VectorsSignal } from '../src/memory/topics/vectors.ts';
import { LEXICAL_THRESHOLD } from '../src/memory/text/lexical.ts';
import { convertGroup } from '../src/memory/convertGroup.ts';
import { migrateGroup } from '../src/memory/migrateGroup.ts';
import { patternFault, tokenRules } from '../src/memory/scan/tokenRules.ts';
import type { BlipSignal, EventSignal } from '../src/signal.ts';
import { defineOperator, foldedChanges, foldedOptions, type Emit, type Machine } from '../src/kernel/defineOperator.ts';
import { OTHERS } from '../src/kernel/folding.ts';

/** A length of time that something is divided by. */
const atLeast = (ms: number, text: string) => duration.refine((value) => value >= ms, { error: `expected at least ${text}` });

/** Patterns of the user for tokens; each is tried before anything runs. */
const tokenPatterns = z
  .array(z.string().min(1))
  .max(100)
  .superRefine((patterns, context) =>
    patterns.forEach((pattern, i) => {
      const message = patternFault(pattern);
      if (message !== null) context.addIssue({ code: 'custom', path: [i], message });
    }),
  )
  .optional();

const options = z.strictObject({
  window: atLeast(1, '1ms').prefault('5m').describe('Length of a window of event time, aligned to 1970; topics are judged at its close.'),
  warmup: duration.prefault('0s').describe('Event time at the start in which novelty is shown but is not to fire.'),
  early: duration.prefault('5s').describe('Event time after which news in an open window is emitted; 0 for never.'),
  period: atLeast(1000, '1s').prefault('1d').describe('Length of a period of the weight.'),
  halfLife: duration.prefault('1d').describe('Event time after which what was seen counts half in the baselines.'),
  embedder: z
    .union([z.string().min(1), z.record(z.string(), z.unknown())])
    .default('lexical')
    .describe('What says which templates mean the same: a name, or a name with its options (caducus list embedders).'),
  similarityThreshold: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe('Cosine from which a template joins a topic; when left out, what the embedder is calibrated to (lexical: 0.8).'),
  mask: tokenPatterns.describe('Tokens that are values whatever they look like: patterns in RE2 syntax that match a whole token.'),
  keep: tokenPatterns.describe(
    'Tokens that are never taken for values, so that lines which differ in them stay apart; patterns as in mask, and before it.',
  ),
  freeze: z
    .boolean()
    .optional()
    .describe(
      'Learn no new pattern: lines that fit none that is known are counted as unknown, and make no blip. Rates go on. May change from run to run.',
    ),
  maxTemplates: z.int().min(1).default(4096).describe('Most templates of a group; the rarest, then the oldest go.'),
  maxTopics: z.int().min(1).default(4096).describe('Most topics of a group; the lightest, then the oldest become tombstones.'),
  ...foldedOptions('64MiB'),
});

/**
 * Remembers what each group writes, and judges every window of it.
 *
 * Forwards events with the `template_id` of their pattern, those whose window had closed with `late: true`; at each close a blip for every pattern that was
 * seen, or is missed. What is new, back or loud is emitted within `early`, in a blip marked open. An event that says that an
 * alert is over goes on, and is no pattern.
 *
 * With an embedder other than `lexical`, templates that mean the same come together when their vectors come: in a run
 * just before each tick. Outside a run nobody asks for them: each template is a topic of its own until a `vectors` signal
 * of that key brings what `wants` of the attached instance names.
 *
 * ```text
 * in     ab-a---c----|
 *        memory({ window: 4 })
 * out    ab-a---(xyc)(z|)  x, y = blips of a and b in 0-4, z = blip of c in 4-8
 * ```
 */
export const memory = defineOperator({
  name: 'memory',
  summary: 'Learns the patterns of each group and judges every window of them.',
  options,
  keyed: true,
  consume: true,
  accepts: ['event', 'vectors'],
  emits: ['event', 'blip'],
  ports: { late: (signal) => signal.kind === 'event' && (signal as EventSignal).late === true },
  stateVersion: 2,
  migrate: migrateGroup,
  onEvict: 'fold',
  changes: {
    window: 'shape',
    warmup: 'threshold',
    early: 'view',
    period: 'shape',
    halfLife: 'threshold',
    embedder: 'shape',
    similarityThreshold: 'shape',
    mask: 'shape',
    keep: 'shape',
    freeze: 'view',
    maxTemplates: 'view',
    maxTopics: 'view',
    ...foldedChanges,
  },
  windows: ['window'],
  convert: convertGroup,
  embeds: true,
  machine: (given): Machine<GroupMemory, EventSignal | VectorsSignal, EventSignal | BlipSignal> => {
    const settings = readSettings(given);
    return {
      start: (key, since) => new GroupMemory(key, settings, since),
      size: (state) => state.bytes,
      step(state, signal, emit) {
        if (signal.kind === 'vectors') {
          state.takeVectors(signal.vectors);
          return;
        }
        const late = state.isLate(signal.time);
        const template = isResolution(signal.event) ? null : state.observe(signal.event, signal.time, signal.key);
        const folded = state.group === OTHERS && signal.key !== OTHERS;
        if (template === null && !late && !folded) emit(signal);
        else emit(markEvent(signal, { template, late, folded }));
      },
      due: (state) => state.due(),
      tick: (state, time, emit) => state.tick(time, blipsTo(state.group, emit)),
      end: (state, emit) => state.end(blipsTo(state.group, emit)),
      // Its own vectors it makes by itself.
      ...(settings.lexical ? {} : { wants: (state, space) => state.known.wants(space) }),
      save: (state) => state.save(),
      load: (json) => GroupMemory.load(json, settings),
    };
  },
});

interface Known {
  template: string | null;
  late: boolean;
  folded: boolean;
}

/** The event with what is known of it now. Written out, since a spread costs each line as much as finding its pattern. */
function markEvent({ time, key, event, borrowed }: EventSignal, { template, late, folded }: Known): EventSignal {
  const marked: EventSignal =
    template === null
      ? { kind: 'event', time, key, event, late }
      : late
        ? { kind: 'event', time, key, event, late, template_id: template }
        : { kind: 'event', time, key, event, template_id: template };
  if (borrowed) marked.borrowed = true;
  if (folded) marked.folded = true;
  return marked;
}

function blipsTo(key: string, emit: Emit<BlipSignal>): EmitBlip {
  return (blip, time) => emit({ kind: 'blip', time, key, blip });
}

function readSettings(given: z.output<typeof options>): MemoryOptions {
  return {
    windowMs: given.window,
    earlyMs: given.early,
    warmupMs: given.warmup,
    periodMs: given.period,
    halfLifeMs: Math.max(given.window, given.halfLife),
    similarityThreshold: given.similarityThreshold ?? LEXICAL_THRESHOLD,
    maxTemplates: given.maxTemplates,
    maxTopics: given.maxTopics,
    lexical: given.embedder === 'lexical',
    mask: tokenRules(given.mask ?? [], 'mask'),
    keep: tokenRules(given.keep ?? [], 'keep'),
    freeze: given.freeze ?? false,
  };
}
