import { toIso } from '../../src/event.ts';
import { addBits, computeScore } from '../../src/memory/ranking/salience.ts';
import type { Blip, BlipSignal, EventSignal, Finding, FindingSignal, Mark, MarkSignal } from '../../src/signal.ts';
import { eventSignal } from '../../src/testing.ts';
import { changedFinding, type FindingChanges } from './findings.ts';

/** Length of the windows of these blips, milliseconds. */
export const width = 300_000;

/** A blip of the window that ends at `end`: pattern `id` of group `g`, 10 lines, of `bits` bits. Emitted at the end. */
export function blipSignal(id: string, end: number, more: Partial<Blip> = {}, bits = 30): BlipSignal {
  const terms = addBits({ surprise: bits, burst: 0, novelty: 0, severity: 0, together: 0 });
  const blip: Blip = {
    template_id: id,
    topic_id: id,
    group_id: 'g',
    label: `label ${id}`,
    pattern: `label ${id}`,
    start: toIso(end - width),
    end: toIso(end),
    open: false,
    count: 10,
    usual: 10,
    state: 'steady',
    level: 'INFO',
    score: computeScore(terms.total),
    bits: terms,
    why: {},
    trend: [],
    templates: 1,
    first_seen: toIso(0),
    last_seen: toIso(end - 1),
    total: 10,
    weight: 0.5,
    tier: 'warm',
    temporal: 'known',
    exemplars: [],
    slots: [],
    ...more,
  };
  return { kind: 'blip', time: end, key: blip.group_id, blip };
}

export const eventOf = (group: string, time: number): EventSignal => ({ ...eventSignal('line', time, { group_id: group }), key: group });

let marks = 0;
export function markSignal(mark: Partial<Mark> & Pick<Mark, 'type'>, time: number): MarkSignal {
  marks += 1;
  return { kind: 'mark', time, key: '', mark: { id: `m${marks}`, target: '', who: 'ana', at: toIso(time), ...mark } };
}

/** A finding of a safeguard, firing since `time`. */
export function findingSignal(id: string, time: number, more: FindingChanges = {}): FindingSignal {
  const base: Finding = {
    id,
    rule: 'spike',
    type: 'spike',
    state: 'firing',
    severity: 'warning',
    group_id: 'g',
    title: `title ${id}`,
    since: toIso(time),
    updated: toIso(time),
    result: {
      score: 3,
      threshold: 2,
      direction: 'up',
      baseline: 0,
      contributors: [],
      top: { baseline: 'plain', scale: 1 },
      detector: 'adaptive',
      value: 1,
      usual: 0,
      start: toIso(time),
      end: toIso(time),
      trend: [],
      trend_cell_ms: width,
      clear_windows: 0,
      clear_needed: 2,
    },
  };
  const finding = changedFinding(base, more);
  return { kind: 'finding', time, key: finding.group_id, finding };
}
