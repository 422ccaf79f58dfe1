import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RunFigures } from '../../run/report.ts';
import type { MemoryCounts } from '../../memory/memoryCounts.ts';
import { warningKinds } from './reading.ts';
import { beginning } from '../../base/beginning.ts';
import type { Blip } from '../../signal.ts';
import type { EngineFigures } from '../../engine/look/engineFigures.ts';
import { EngineMetrics } from './engineMetrics.ts';
import type { ProcessFigures } from './figures.ts';

/** Rows of the radar that are shown: each is a series of its own, and other ones each window. */
const mostRows = 10;
const row = ['pipeline', 'id', 'group', 'level', 'pattern'] as const;
/** Characters of a pattern in a label. */
const longestPattern = 200;
const component = ['pipeline', 'component_id', 'component_type'] as const;

/** Every metric there is, in one registry. Values are read when somebody asks: counting costs a run nothing. */
function metricsIn(registry: Registry) {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: readonly string[]) =>
    new Counter({ name: `caducus_${name}`, help, labelNames: [...labelNames], registers });
  const gauge = (name: string, help: string, labelNames: readonly string[]) =>
    new Gauge({ name: `caducus_${name}`, help, labelNames: [...labelNames], registers });
  return {
    received: counter('component_received_events_total', 'Signals that came in.', component),
    sent: counter('component_sent_events_total', 'Signals that went out.', component),
    discarded: counter('component_discarded_events_total', 'Signals that went no further.', [...component, 'reason', 'intentional']),
    errors: counter('component_errors_total', 'What failed.', [...component, 'error_type', 'stage']),
    redacted: counter('redacted_total', 'Values masked at ingress.', ['pipeline', 'component_id', 'kind']),
    lag: gauge('source_lag_seconds', 'Wall clock less newest event time.', ['pipeline']),
    watermark: gauge('watermark_timestamp_seconds', 'Event time up to which all is thought to be in.', ['pipeline']),
    late: counter('late_events_total', 'Events that came after their window had closed.', ['pipeline']),
    disordered: counter('out_of_order_events_total', 'Records that came behind a newer one of their source.', component),
    leftOut: counter('left_out_records_total', 'Records that their sender only counted.', component),
    passedOver: counter('passed_over_bytes_total', 'Bytes that were gone before they could be read.', component),
    canary: gauge('canary_seconds', 'How long the last canary line took, from its own time to where findings are announced.', component),
    inflight: gauge('inflight_events', 'Signals that a sink holds and has not delivered.', component),
    inflightBytes: gauge('inflight_bytes', 'Bytes that a sink holds and has not delivered.', component),
    checkpointBytes: gauge('checkpoint_bytes', 'Size of the last checkpoint.', ['pipeline']),
    checkpointFailures: counter('checkpoint_failures_total', 'Checkpoints that could not be written.', ['pipeline']),
    warnings: counter('warnings_total', `What went wrong: ${warningKinds.join(', ')}.`, ['pipeline', 'component_id', 'kind']),
    patterns: gauge('patterns', 'Patterns of the last closed window.', ['pipeline', 'state']),
    topScore: gauge('radar_score', `Score of the first ${mostRows} rows of the last closed window's radar, 0 to 100.`, row),
    topEvents: gauge('radar_events', 'Events of those rows in that window.', row),
    evictions: counter(
      'pattern_evictions_total',
      'What was let go of for room: keys of an operator, templates and patterns of its memories.',
      [...component, 'reason'],
    ),
    unknown: counter('unknown_lines_total', 'Lines no pattern of their own was learned from: the memory was frozen, or too much was new.', [
      'pipeline',
      'reason',
    ]),
  };
}

type Metrics = ReturnType<typeof metricsIn>;
const readNumber = (value: unknown) => (typeof value === 'number' ? value : 0);

function fillComponents(metrics: Metrics, { report }: RunFigures): void {
  const labels = (component_id: string, component_type: string) => ({ pipeline: report.pipeline, component_id, component_type });
  for (const source of report.sources) {
    const { id, read, accepted, rejected, duplicate, disordered = 0, redacted, filtered = 0, left_out: leftOut = 0 } = source;
    const own = labels(id, 'source');
    metrics.received.inc(own, read);
    metrics.sent.inc(own, accepted);
    metrics.discarded.inc({ ...own, reason: 'rejected', intentional: 'false' }, rejected);
    metrics.discarded.inc({ ...own, reason: 'duplicate', intentional: 'true' }, duplicate);
    metrics.discarded.inc({ ...own, reason: 'filtered', intentional: 'true' }, filtered);
    metrics.leftOut.inc(own, leftOut);
    if (source.canary) metrics.canary.set(own, source.canary.took / 1000);
    metrics.passedOver.inc(own, source.passed_over ?? 0);
    metrics.disordered.inc(own, disordered);
    for (const [kind, many] of Object.entries(redacted ?? {}))
      metrics.redacted.inc({ pipeline: report.pipeline, component_id: id, kind }, many);
  }
  for (const { id, in: into, forwarded, emitted, refused, evicted } of report.operators) {
    const own = labels(id, 'operator');
    metrics.received.inc(own, into);
    metrics.sent.inc(own, forwarded + emitted);
    metrics.discarded.inc({ ...own, reason: 'key_refused', intentional: 'false' }, refused);
    metrics.evictions.inc({ ...own, reason: 'max_groups_or_idle' }, evicted);
  }
  for (const { id, offered, written, filtered, failed, held, figures } of report.sinks) {
    const own = labels(id, 'sink');
    metrics.received.inc(own, offered);
    metrics.sent.inc(own, written);
    metrics.discarded.inc({ ...own, reason: 'not_selected', intentional: 'true' }, filtered);
    metrics.discarded.inc({ ...own, reason: 'failed', intentional: 'false' }, failed);
    metrics.errors.inc({ ...own, error_type: 'delivery', stage: 'sending' }, failed + readNumber(figures['retried']));
    metrics.inflight.set(own, held);
    metrics.inflightBytes.set(own, readNumber(figures['held_bytes']));
  }
}

function fillMemory(
  { evictions, unknown }: Metrics,
  pipeline: string,
  { unknown: frozen, overflowed, templates_evicted: templates, topics_forgotten: topics }: MemoryCounts,
): void {
  const own = { pipeline, component_id: 'memory', component_type: 'operator' };
  evictions.inc({ ...own, reason: 'template_limit' }, templates);
  evictions.inc({ ...own, reason: 'pattern_forgotten' }, topics);
  unknown.inc({ pipeline, reason: 'frozen' }, frozen);
  unknown.inc({ pipeline, reason: 'overflow' }, overflowed);
}

function fillTop({ topScore, topEvents }: Metrics, pipeline: string, top: readonly Blip[]): void {
  for (const { topic_id: id, group_id: group, level, label, score, count } of top.slice(0, mostRows)) {
    const own = { pipeline, id, group, level: level ?? '', pattern: beginning(label, longestPattern) };
    topScore.set(own, score);
    topEvents.set(own, count);
  }
}

export interface Exposition {
  type: string;
  text(): Promise<string>;
  /** Called with how long each checkpoint took, seconds. */
  checkpoint(seconds: number): void;
}

/** The metrics page: Prometheus text. `wall`: milliseconds since 1970. `engine`: of a process that shares in the work on one. */
export function exposition(
  pipeline: string,
  figures: () => RunFigures | null,
  process: () => ProcessFigures,
  wall: () => number,
  engine: (() => Promise<EngineFigures>) | null = null,
): Exposition {
  const registry = new Registry();
  const metrics = metricsIn(registry);
  const onEngine = engine && new EngineMetrics(registry, pipeline);
  const own = new Registry();
  collectDefaultMetrics({ register: own });
  const took = new Histogram({
    name: 'caducus_checkpoint_duration_seconds',
    help: 'How long a checkpoint took.',
    labelNames: ['pipeline'],
    buckets: [0.01, 0.05, 0.1, 0.2, 0.5, 1, 5],
    registers: [own],
  });
  return {
    type: registry.contentType,
    checkpoint: (seconds) => took.observe({ pipeline }, seconds),
    async text() {
      const share = await engine?.();
      registry.resetMetrics();
      if (share) onEngine!.fill(share);
      const now = figures();
      if (now) fillComponents(metrics, now);
      if (now?.newest) metrics.lag.set({ pipeline }, (wall() - now.newest) / 1000);
      if (now?.watermark) metrics.watermark.set({ pipeline }, now.watermark / 1000);
      metrics.late.inc({ pipeline }, now?.report.late ?? 0);
      const { checkpoints, patterns, top, memory, warnings } = process();
      for (const { component: id, kind, count } of warnings) metrics.warnings.inc({ pipeline, component_id: id, kind }, count);
      fillMemory(metrics, pipeline, memory);
      metrics.checkpointBytes.set({ pipeline }, checkpoints.bytes);
      metrics.checkpointFailures.inc({ pipeline }, checkpoints.failures);
      for (const [state, many] of Object.entries(patterns)) metrics.patterns.set({ pipeline, state }, many);
      fillTop(metrics, pipeline, top);
      return `${await registry.metrics()}${await own.metrics()}`;
    },
  };
}
