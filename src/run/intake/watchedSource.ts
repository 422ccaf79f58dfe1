import { evictOldest } from '../../base/evictOldest.ts';
import type { Io } from '../../io.ts';
import type { SourceNode } from '../../pipeline/definition.ts';
import { defineSource, type OpenSource, type SourceBatch } from '../../sources/source.ts';
import type { Signal } from '../../signal.ts';

/** Canaries under way that are remembered. */
const mostUnderWay = 1000;

/** What is known of a source that something is expected of. */
export interface Pulse {
  /** It has given something since the last look. */
  hasGiven: boolean;
  /** What it gave has not been taken yet: it is not the source that is silent. */
  waits: boolean;
  /** It has come to its end. */
  isOver: boolean;
  /** Newest event time, and when that came by the clock that never jumps, milliseconds. */
  newest: { time: number; at: number } | null;
  /** A canary came through in time since the last look. */
  hasSung: boolean;
  /** The last canary that came through: when, milliseconds since 1970, and how long it took. */
  canary: { at: number; took: number } | null;
  /** Canaries that came in and have not come through, with the time that stands in them, by the id of their event. */
  underWay: Map<string, number>;
}

export const startPulse = (): Pulse => ({
  hasGiven: false,
  waits: false,
  isOver: false,
  newest: null,
  hasSung: false,
  canary: null,
  underWay: new Map(),
});

/** The same source, of which it is noted what it gives and when. `trouble` says why it is thought to be out of order. */
export function watchedSource(node: SourceNode, pulse: Pulse, io: Io, trouble: NonNullable<OpenSource['trouble']>): SourceNode {
  const { source, expected } = node;
  const { spec } = source;
  const text = expected?.canary?.text;
  const note = (record: Signal) => {
    if (record.kind !== 'event') return;
    if (pulse.newest === null || record.time > pulse.newest.time) pulse.newest = { time: record.time, at: io.monotonic() };
    if (text === undefined || !record.event.text.includes(text)) return;
    pulse.underWay.set(record.event.id, record.time);
    evictOldest(pulse.underWay, mostUnderWay);
  };
  async function* through(batches: OpenSource['batches']): AsyncGenerator<SourceBatch> {
    for await (const batch of batches) {
      if (batch.records.length > 0) pulse.hasGiven = true;
      for (const record of batch.records) note(record);
      pulse.waits = batch.records.length > 0;
      yield batch;
      pulse.waits = false;
    }
    pulse.isOver = true;
  }
  const open: typeof spec.open = (options, context) => {
    const inner = spec.open(options, context);
    return { ...inner, batches: through(inner.batches), trouble: () => trouble() ?? inner.trouble?.() ?? null, canary: () => pulse.canary };
  };
  // What stands beside the verb is kept at the source itself.
  return { ...node, source: Object.assign({}, source, defineSource({ ...spec, open })) };
}

/** A canary that has come to where findings are announced; null for any other event. `within`: how long it may take. */
export function takeCanary(pulse: Pulse, id: string, now: number, within: number): void {
  const sent = pulse.underWay.get(id);
  if (sent === undefined) return;
  pulse.underWay.delete(id);
  pulse.canary = { at: now, took: Math.max(0, now - sent) };
  if (pulse.canary.took <= within) pulse.hasSung = true;
}
