import { setNewest } from '../../base/evictOldest.ts';
import { startBoard, type Board } from '../../board/board.ts';
import type { BoardView, SourceView } from '../../board/boardView.ts';
import { reduceBoard } from '../../board/reduceBoard.ts';
import { viewBoard, viewRadar, type Standing } from '../../board/viewBoard.ts';
import { CaducusError } from '../../errors.ts';
import { toIso } from '../../event.ts';
import type { RunFigures } from '../../run/report.ts';
import type { Blip, Mark, Radar, Signal } from '../../signal.ts';
import { readDecisionHead } from '../../store/decisions.ts';
import { appendMark, withId } from '../../store/marks.ts';
import type { Known } from '../../store/recall.ts';
import { readShown } from '../../store/shown.ts';
import type { EpisodeAnswer, GraphAnswer, PatternAnswer, WhyNotAnswer } from '../../web/api/answers.ts';
import type { RadarApi } from '../../web/api/radarApi.ts';
import type { MarkRequest } from '../../web/api/markRequest.ts';
import { answerWhyNot } from '../recall/answerWhyNot.ts';
import { openDecisions } from '../recall/openDecisions.ts';
import { allMarks } from '../recall/allMarks.ts';
import { describeFinding, describePattern, findBlip } from '../recall/describeTarget.ts';
import { targetIn, type Target } from '../recall/known.ts';
import { chooseShown } from '../recall/shownTarget.ts';
import type { PipelineGraph } from '../../pipeline/describeGraph.ts';
import type { Component } from '../../views/live/componentRows.ts';
import { listComponents } from '../live/listComponents.ts';
import { RateMeter } from '../live/rateMeter.ts';
import type { CliContext } from '../shared/context.ts';

/** What the API knows of the run behind it. */
export interface RunBehind {
  pipeline: string;
  /** Its own board and what it knows; null where it keeps none. */
  board: Board | null;
  known(): Known | null;
  figures(): RunFigures | null;
  /** The pipeline as it runs now; null before it does. */
  graph(): PipelineGraph | null;
  /** What is wrong, in words; null when nothing is. */
  problem(): string | null;
}

/** Radars that are remembered by their window, and how long what is known is good for, milliseconds. */
const mostRadars = 36;
const knownFor = 2000;

/** The API of a run that goes on, or that is over: its board, what it knows, and where answers are kept. */
export class LiveRadarApi implements RadarApi {
  readonly #context: Pick<CliContext, 'io' | 'dataDir'>;
  readonly #own = startBoard();
  readonly #radars = new Map<string, Radar>();
  #run: RunBehind;
  #known: { at: number; known: Known | null } = { at: Number.NEGATIVE_INFINITY, known: null };
  readonly #meter = new RateMeter();
  #rates = new Map<string, { at: number; read: number; rate: number }>();

  constructor(run: RunBehind, context: Pick<CliContext, 'io' | 'dataDir'>) {
    this.#run = run;
    this.#context = context;
  }

  /** The run whose board it is, once it is open. */
  follow(run: RunBehind): void {
    this.#run = run;
  }

  /** Takes what leaves the pipeline, once the run's own board has. */
  see(signal: Signal): void {
    if (!this.#run.board) reduceBoard(this.#own, signal);
    if (signal.kind === 'radar' && !signal.radar.open) setNewest(this.#radars, signal.radar.start, signal.radar, mostRadars);
  }

  /** Somebody has answered elsewhere. */
  takeAnswer(mark: Mark): void {
    reduceBoard(this.#board, { kind: 'mark', time: Date.parse(mark.at), key: '', mark });
  }

  get #board(): Board {
    return this.#run.board ?? this.#own;
  }

  view(): BoardView {
    return viewBoard(this.#board, this.#standing(), this.#context.io.now());
  }

  viewAt(at: number): BoardView | null {
    const radar = this.#radarAt(at);
    return radar && { ...this.view(), radar: viewRadar(radar) };
  }

  async pattern(id: string, at: number | null): Promise<PatternAnswer> {
    const target = this.#target(id);
    if (target.kind !== 'pattern') throw new CaducusError('CAD002', {}, `"${id}" is a finding and no pattern`);
    const then = at === null ? null : this.#radarAt(at);
    if (at !== null && !then) throw new CaducusError('CAD002', {}, `no window that held ${toIso(at)} is remembered`);
    const blip = then?.blips.find((one) => isOfTopic(one, target.topic.topic_id)) ?? this.#row(target.topic.topic_id) ?? findBlip(target);
    return describePattern(target, blip, await allMarks(this.#context));
  }

  async episode(id: string): Promise<EpisodeAnswer> {
    const target = this.#target(id);
    if (target.kind !== 'finding') throw new CaducusError('CAD002', {}, `"${id}" is a pattern and no finding`);
    return describeFinding(target, await allMarks(this.#context));
  }

  async whyNot(subject: string, at: number | null): Promise<WhyNotAnswer> {
    const { io, dataDir } = this.#context;
    const { pipeline } = this.#run;
    // A radar of the store decides nothing itself: then it is asked of what ran last.
    const known = readDecisionHead(io.files, dataDir, pipeline) ? pipeline : undefined;
    return answerWhyNot(await openDecisions(this.#context, known), { subject, at });
  }

  graph(): GraphAnswer {
    const graph = this.#run.graph();
    if (!graph) throw new CaducusError('CAD002', {}, 'no pipeline runs yet');
    const figures = this.#run.figures();
    const known = new Map(
      (figures ? listComponents(figures, this.#meter, this.#context.io.monotonic()) : []).map((one) => [`${one.type} ${one.id}`, one]),
    );
    const part = (type: Component['type'], { id, verb, from = [] }: { id: string; verb: string; from?: readonly string[] }) => {
      const one = known.get(`${type} ${id}`);
      const { in: into = 0, out = 0, in_rate = 0, out_rate = 0, held = 0, lost = 0 } = one ?? {};
      return {
        type,
        id,
        verb,
        from,
        in: into,
        out,
        in_rate,
        out_rate,
        held,
        lost,
        behind_ms: one?.behind ?? null,
        trouble: one?.trouble ?? null,
      };
    };
    const shown = <P extends { id: string }>(parts: readonly P[]): P[] => parts.filter(({ id }) => !id.startsWith('~'));
    return {
      name: graph.name,
      parts: [
        ...shown(graph.sources).map((one) => part('source', one)),
        ...shown(graph.operators).map((one) => part('operator', one)),
        ...shown(graph.sinks).map((one) => part('sink', one)),
      ],
    };
  }

  async mark({ type, target, for_ms: lasting, text, link, who: given }: MarkRequest, who: string | null): Promise<Mark> {
    const { io, dataDir } = this.#context;
    const shown = type === 'change' ? null : chooseShown(target, [...readShown(io.files, dataDir), ...this.#board.shown.values()], dataDir);
    const now = io.now();
    const mark = withId({
      type,
      target: shown?.id ?? '',
      who: who ?? (given?.trim() || (io.env['USER'] ?? io.env['LOGNAME'] ?? 'somebody')),
      at: toIso(now),
      ...(lasting === undefined || (type !== 'ack' && type !== 'silence') ? {} : { until: toIso(now + lasting) }),
      ...(text?.trim() ? { text: text.trim() } : {}),
      ...(link === undefined ? {} : { link }),
    });
    await appendMark(io.files, dataDir, mark);
    this.takeAnswer(mark);
    return mark;
  }

  /** The row of a topic in the window that is shown; null where it has none. */
  #row(topic: string): Blip | null {
    const { early, radar } = this.#board;
    return [...(early?.blips ?? []), ...(radar?.blips ?? [])].find((one) => isOfTopic(one, topic)) ?? null;
  }

  #radarAt(at: number): Radar | null {
    const { early } = this.#board;
    const all = [...this.#radars.values(), ...(early ? [early] : [])];
    return all.find(({ start, end }) => Date.parse(start) <= at && at < Date.parse(end)) ?? null;
  }

  #target(id: string): Target {
    const { io } = this.#context;
    if (io.monotonic() - this.#known.at >= knownFor) this.#known = { at: io.monotonic(), known: this.#run.known() };
    const target = this.#known.known && targetIn(id, this.#known.known);
    if (target) return target;
    throw new CaducusError('CAD002', {}, `no pattern or finding has an id that begins with "${id}"`, {
      hint: 'Ids are on the radar. What was forgotten has none any more.',
    });
  }

  #standing(): Standing {
    const { pipeline } = this.#run;
    const figures = this.#run.figures();
    // So that rates are known to who asks for the graph first.
    if (figures) listComponents(figures, this.#meter, this.#context.io.monotonic());
    const live = figures?.live ?? false;
    const sources = (figures?.report.sources ?? []).map((one): SourceView => {
      const rate = this.#rate(one.id, one.read);
      return {
        id: one.id,
        received: one.read,
        events_per_second: live ? rate : null,
        behind_ms: one.behind ?? null,
        ...(one.trouble && { trouble: { since: toIso(one.trouble.since), why: one.trouble.why } }),
      };
    });
    const rates = sources.map((one) => one.events_per_second).filter((rate) => rate !== null);
    return {
      pipeline,
      live,
      problem: this.#run.problem(),
      watermark: figures?.watermark ?? null,
      rate: rates.length === 0 ? null : rates.reduce((sum, rate) => sum + rate, 0),
      sources,
    };
  }

  /** Records a second since the last look that lies two seconds back. */
  #rate(id: string, read: number): number | null {
    const now = this.#context.io.monotonic();
    const known = this.#rates.get(id);
    if (known && now - known.at < 2000) return known.rate;
    const rate = known ? ((read - known.read) / (now - known.at)) * 1000 : 0;
    this.#rates.set(id, { at: now, read, rate });
    return known ? rate : null;
  }
}

const isOfTopic = (blip: Blip, topic: string): boolean => blip.topic_id === topic && blip.volume === undefined && !blip.measure;
