import { waited } from '../../base/waiting.ts';
import { CaducusError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import type { Flow } from '../../kernel/defineOperator.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import type { OpenRun } from '../../run/openRun.ts';
import type { Answer } from './openControl.ts';
import { tapMatch } from './tapMatch.ts';
import { TapSampler, type TapCounts } from './tapSampler.ts';

/** How often what was taken is sent, milliseconds; and what may be taken meanwhile: a few hundred a second, and 2 % of the time. */
const every = 100;
const limits = { waiting: 50, looking: 2 };
/** So often it is reported that nothing came, milliseconds. */
const reportEvery = 1_000;

/** A line of an answer. */
export interface Tapped {
  signals: Flow[];
  counts: TapCounts;
}

/** A sample of what goes by at a point, until who asked has had enough. */
export const answerTap =
  (running: Pick<OpenRun, 'watch' | 'pipeline'>, io: Io): Answer<'tap'> =>
  async ({ from, match }, { say, gone }) => {
    const sampler = new TapSampler(match.length === 0 ? null : tapMatch(match), limits, () => io.monotonic());
    const leave = running.watch(findPoint(from, running.pipeline), sampler);
    try {
      let reported = io.monotonic();
      do {
        const signals = sampler.take();
        if (signals.length === 0 && io.monotonic() - reported < reportEvery) continue;
        reported = io.monotonic();
        // While it is not taken nothing is fetched, and what goes by is let go of.
        if (!(await say({ signals, counts: sampler.counts } satisfies Tapped))) return;
      } while (await waited(io, every, gone));
    } finally {
      leave();
    }
  };

/** The `from` list of a point that is named; null for the end of the chain. Throws CAD002 for one that is not there. */
function findPoint(from: string | null, { sources, operators }: Pipeline): string[] | null {
  if (from === null) return null;
  const isOwn = ({ id }: { id: string }) => !id.startsWith('~');
  const points = [
    ...sources.filter(isOwn).map(({ id }) => id),
    ...operators
      .filter(isOwn)
      .flatMap(({ id, operator }) => [id, ...Object.keys(operator.spec.ports ?? {}).map((port) => `${id}.${port}`)]),
  ];
  if (points.includes(from)) return [from];
  throw new CaducusError('CAD002', {}, `no source, operator or port "${from}"`, { hint: `Points of it: ${points.join(', ')}.` });
}
