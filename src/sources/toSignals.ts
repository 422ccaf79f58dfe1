import { basename, isAbsolute, relative, resolve } from 'node:path';
import type { Event } from '../event.ts';
import type { Draft, FormatItem, Refusal } from '../formats/format.ts';
import { digest } from '../base/digest.ts';
import type { Signal } from '../signal.ts';
import { logicalPath } from './file/rotation.ts';

/** Room for streams of 101 TB (36^9 bytes). */
const positionDigits = 9;

/** A path as it goes into ids: relative below the working folder, so that all spellings of a path are one and the same. */
function idPath(path: string): string {
  const absolute = resolve(path);
  const below = relative(resolve('.'), absolute);
  return logicalPath(below.startsWith('..') || isAbsolute(below) ? absolute : below);
}

/** Where records come from. */
export interface Origin {
  /** The source's id: the default `source` of its events. */
  source: string;
  /** The file, as it is named in rejected records; undefined for streams. */
  file?: string;
}

/** Milliseconds to ISO 8601; neighbours often share their time. */
function isoMemo(): (ms: number) => string {
  let last = Number.NaN;
  let text = '';
  return (ms) => {
    if (ms !== last) {
      text = new Date(ms).toISOString();
      last = ms;
    }
    return text;
  };
}

/**
 * Turns what a format found into signals. An event without an id gets `<hash of source and path less rotation
 * suffix>-<position, zero-padded base 36>-<hash of content>`: reading the same file again makes the same ids, two identical
 * lines are two events, and the order of ids is that of the lines.
 */
export function signalMaker({ source, file }: Origin): (items: readonly FormatItem[]) => Signal[] {
  const prefix = digest(`${source}\0${file === undefined ? '-' : idPath(file)}`, 10);
  const fallback = file === undefined ? source : basename(logicalPath(file));
  const iso = isoMemo();

  function eventOf(draft: Draft): Event {
    const from = draft.source ?? source;
    return {
      id: draft.id ?? `${prefix}-${draft.offset.toString(36).padStart(positionDigits, '0')}-${digest(draft.raw, 8)}`,
      timestamp: iso(draft.time),
      source: from,
      group_id: draft.groupId ?? `${from}:${draft.logicalId ?? fallback}`,
      text: draft.text,
      metadata: draft.metadata,
    };
  }

  let time = 0;
  const refused = ({ reason, line, offset, original }: Refusal): Signal => ({
    kind: 'rejected',
    time,
    key: '',
    rejected: { source, reason, place: { ...(file !== undefined && { file }), line, offset }, original },
  });

  return (items) => {
    const signals: Signal[] = [];
    for (const item of items) {
      if (item.kind === 'refusal') signals.push(refused(item));
      else {
        time = item.time;
        signals.push({ kind: 'event', time, key: '', event: item.event ?? eventOf(item) });
      }
    }
    return signals;
  };
}
