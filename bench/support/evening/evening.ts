import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EveningLog } from './eveningLog.ts';
import { eveningPager, opened } from './eveningPager.ts';
import { EveningRun } from './eveningRun.ts';
import { seeded } from '../seeded.ts';

export interface EveningPlan {
  /** The program, one file. */
  program: string;
  /** An empty folder to work in. */
  folder: string;
  kills: number;
  seed: number;
  /** Hears how far it is, after each kill. */
  progress?(counts: EveningProgress): void;
}

export interface EveningProgress {
  kills: number;
  rotations: number;
  /** Lines of the log, those of them that the killed run has stored, and how many are stored more than once. */
  lines: number;
  stored: number;
  doubled: number;
  /** Troubles so far, and those that the killed run has told of. */
  troubles: number;
  told: number;
}

/** What two runs over one log have left, one of them killed again and again. */
export interface EveningOutcome {
  kills: number;
  rotations: number;
  lines: number;
  seconds: number;
  /** Lines that are missing in a store of the killed run, and lines that are there more than once. */
  lost: number;
  doubled: number;
  /** Whether its events have the ids and texts of those of the run that was left alone. */
  sameEvents: boolean;
  /** Where they have not: what each of the two has of the first lines. */
  eventsDiffer?: { line: number; alone: readonly string[]; killed: readonly string[] }[];
  troubles: number;
  /** Troubles of which one run told and the other did not, or more often, or none did. */
  pagerDiffers: number;
  /**
   * Troubles of which both told as often, of other windows: those of a live run close by the clock, and a run that stood still
   * for longer than its sources may be idle finds a line late, which is news of the next one.
   */
  otherWindows: number;
  /** What each of the two told of them, by the ids of findings. */
  pagers?: { trouble: string; alone: string | null; killed: string | null }[];
  /** Messages under the key of another that said something else. */
  contradictions: number;
}

/** Lines a burst, and milliseconds between two. */
const [burst, between] = [6, 150];
/** Most lines that the killed run may be behind: the log waits for a slow machine, since no log keeps its rotated files for ever. */
const mostBehind = 1000;
/** The pipeline of the evening: rules, episodes, segments, a file an event, and pagers for what rules find and for what episodes make of it. */
const eveningPipeline = (log: string, url: string): string => `name: evening
checkpoint: { events: 40, every: 1s }
sources: { app: { file: { path: "${log}", follow: true, idle: 1s } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 2s, early: 1s }
  - rank: {}
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
  - episodes: { window: 4s, group_wait: 1s }
sinks:
  store: { segments: {} }
  files: { folder: {} }
  pager: { from: rules, webhook: { format: json, url: "${url}/rules", per_minute: 600 } }
  incidents: { webhook: { format: json, url: "${url}/episodes", per_minute: 600 } }
`;

/** Numbers up to `last` that are missing, and how often others are there too often. */
function countWrong(found: ReadonlyMap<number, readonly string[]>, last: number): { lost: number; doubled: number } {
  let [lost, doubled] = [0, 0];
  for (let n = 1; n <= last; n += 1) {
    const times = found.get(n)?.length ?? 0;
    lost += Number(times === 0);
    doubled += Math.max(0, times - 1);
  }
  return { lost, doubled };
}

/**
 * A service writes its log all evening, which is rotated in both ways; two runs follow it, with all that a pipeline has, and
 * page. One of them is killed again and again. What both leave is compared.
 */
export async function evening(plan: EveningPlan): Promise<EveningOutcome> {
  const random = seeded(plan.seed);
  mkdirSync(plan.folder, { recursive: true });
  const pager = await eveningPager(seeded(plan.seed + 1000));
  const log = new EveningLog(join(plan.folder, 'app.log'));
  const [alone, killed] = ['alone', 'killed'].map(
    (name) => new EveningRun({ ...plan, name, pipeline: eveningPipeline(log.path, `${pager.url}/${name}`), random }),
  ) as [EveningRun, EveningRun];
  const toldOf = (run: EveningRun) => pager.told(`/${run === alone ? 'alone' : 'killed'}/rules`);
  const endAll = () => [alone, killed].forEach(({ child }) => child?.kill('SIGKILL'));
  process.once('exit', endAll);
  const began = performance.now();
  let [isOver, stored] = [false, 0];
  let writing = Promise.resolve();
  try {
    log.write(burst);
    for (const run of [alone, killed]) {
      run.start();
      // What was rotated away before a log was first looked at is nobody's.
      await run.until('began', () => run.progress > 0);
    }
    writing = (async () => {
      for (; !isOver; await wait(between)) if (log.written - stored < mostBehind) log.write(burst);
    })();
    const perTrouble = Math.ceil(plan.kills / EveningLog.mostTroubles);
    for (let kills = 0; kills < plan.kills; kills += 1) {
      if (kills > 0) killed.start();
      if (kills % perTrouble === 0) log.goWrong();
      await killed.killSomewhere();
      const found = killed.segments;
      stored = found.size;
      plan.progress?.({
        kills: kills + 1,
        rotations: log.rotations,
        lines: log.written,
        stored,
        doubled: countWrong(found, log.written).doubled,
        troubles: log.troubles.length,
        told: opened(toldOf(killed), log.troubles).size,
      });
    }
    killed.start();
    isOver = true;
    await writing;
    // Something follows, so that what is asked for is complete: the last record may still grow.
    const last = log.written;
    log.write(2);
    const troubles = [...log.troubles];
    for (const run of [alone, killed]) {
      await run.until('stored all', () => run.segments.has(last));
      const told = toldOf(run);
      // What is not told when nothing moves any more is counted as not told.
      await run.gets(
        'told all',
        () => opened(told, troubles).size === troubles.length,
        () => told.messages,
      );
      await run.stop();
    }
    const [segments, files, reference] = [killed.segments, killed.files, alone.segments];
    const wrong = [countWrong(segments, last), countWrong(files, last)];
    const [byAlone, byKilled] = [alone, killed].map((run) => opened(toldOf(run), troubles)) as [Map<string, string>, Map<string, string>];
    const numbers = Array.from({ length: last }, (_, i) => i + 1);
    const differing = numbers.filter((n) => [segments, files].some((found) => found.get(n)?.join('\n') !== reference.get(n)?.join('\n')));
    const countIds = (ids: string | undefined) => ids?.split(' ').length ?? 0;
    const others = troubles.filter((one) => byAlone.get(one) === undefined || byAlone.get(one) !== byKilled.get(one));
    const untold = others.filter((one) => countIds(byKilled.get(one)) === 0 || countIds(byAlone.get(one)) !== countIds(byKilled.get(one)));
    return {
      kills: plan.kills,
      rotations: log.rotations,
      lines: last,
      seconds: Math.round((performance.now() - began) / 1000),
      lost: Math.max(...wrong.map((one) => one.lost)),
      doubled: Math.max(...wrong.map((one) => one.doubled)),
      sameEvents: differing.length === 0,
      ...(differing.length > 0 && {
        eventsDiffer: differing
          .slice(0, 3)
          .map((line) => ({ line, alone: reference.get(line) ?? [], killed: [...(segments.get(line) ?? []), ...(files.get(line) ?? [])] })),
      }),
      troubles: troubles.length,
      pagerDiffers: untold.length,
      otherWindows: others.length - untold.length,
      ...(others.length > 0 && {
        pagers: others.map((trouble) => ({ trouble, alone: byAlone.get(trouble) ?? null, killed: byKilled.get(trouble) ?? null })),
      }),
      contradictions: pager.contradictions(),
    };
  } finally {
    isOver = true;
    await writing;
    endAll();
    process.off('exit', endAll);
    await pager.close();
  }
}
