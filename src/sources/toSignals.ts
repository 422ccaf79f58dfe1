import { basename, isAbsolute, relative, resolve } from 'node:path';
import type { Event, JsonObject } from '../event.ts';
import type { Draft, FormatItem, Refusal } from '../formats/format.ts';
import { digest } from '../base/digest.ts';
import { plainRecord } from '../base/plainRecord.ts';
import type { EventSignal, Signal } from '../signal.ts';
import { readPodPath, type Owner } from './file/podPath.ts';
import { logicalPath } from './file/rotation.ts';

/** Room for streams of 101 TB (36^9 bytes). */
const positionDigits = 9;

/** A path as it goes into ids: relative below the working folder, so that all spellings of a path are one and the same. */
function idPath(path: string): string {
  const absolute = resolve(path);
  const below = relative(resolve('.'), absolute);
  return logicalPath(below.startsWith('..') || isAbsolute(below) ? absolute : below);
}

const PlainSignal = plainRecord(function (this: EventSignal, time: number, event: Event) {
  this.kind = 'event';
  this.time = time;
  this.key = '';
  this.event = event;
});

const PlainEvent = plainRecord(function (this: Event, draft: Draft, named: Omit<Event, 'text' | 'metadata'>, metadata: JsonObject) {
  this.id = named.id;
  this.timestamp = named.timestamp;
  this.source = named.source;
  this.group_id = named.group_id;
  this.text = draft.text;
  this.metadata = metadata;
});

/** What the ids of a file's records depend on beside the records; saved with its position. */
export type IdState = {
  /** Whether a record with a time of its own has come. */
  stamped: boolean;
  /** Digest of the first record without any time to go by, and how many generations of the log began like that before. */
  first: string | null;
  nth: number;
};

/** Where records come from. */
export interface Origin {
  /** The source's id: the default `source` of its events. */
  source: string;
  /** The file, as it is named in rejected records; undefined for streams. */
  file?: string;
  /** What is no file but has a name of its own, as an object of a store, and the second half of the group of what names none. */
  object?: { name: string; group: string };
  /** Whose output the file is, where its path alone does not say. */
  owner?: Owner | null | undefined;
  /** Kept up to date; without it ids come from the records alone, as older releases made them. */
  ids?: IdState | undefined;
  /** Event time of the record before the first, milliseconds since 1970: that of what is refused before there is another. */
  after?: number;
  /** How many earlier generations of the same log began with a record of that digest. */
  generationsBefore?: (first: string) => number;
}

const threeDigits = Array.from({ length: 1000 }, (_, ms) => `${String(ms).padStart(3, '0')}Z`);

/** Milliseconds to ISO 8601; neighbours often share their time, or their second. */
function isoMemo(): (ms: number) => string {
  let last = Number.NaN;
  let text = '';
  let second = Number.NaN;
  let upToSecond = '';
  return (ms) => {
    if (ms === last) return text;
    // As a Date does: parts of a millisecond go.
    const at = Math.trunc(ms);
    const whole = Math.floor(at / 1000);
    if (whole !== second) {
      upToSecond = new Date(whole * 1000).toISOString().slice(0, -4);
      second = whole;
    }
    last = ms;
    return (text = upToSecond + threeDigits[at - whole * 1000]!);
  };
}

/**
 * Turns what a format found into signals. An event without an id gets `<hash of source and path less rotation
 * suffix>-<position, zero-padded base 36>-<hash of time and content>`: reading the same file again, or a copy of it, makes the
 * same ids, two identical lines are two events, and the order of ids is that of the lines. A record that names its time has
 * it in its content. In a file in which none does, the first record and the number of the generation stand for the time, so
 * that what two generations have at the same place is two events.
 */
export function signalMaker({
  source,
  file,
  object,
  owner = null,
  ids,
  after = 0,
  generationsBefore = () => 0,
}: Origin): (items: readonly FormatItem[]) => Signal[] {
  const prefix = digest(`${source}\0${object?.name ?? (file === undefined ? '-' : idPath(file))}`, 10);
  const fallback = object?.group ?? (file === undefined ? source : basename(logicalPath(file)));
  const named = object?.name ?? file;
  const pod = owner ?? (file === undefined ? null : readPodPath(file));
  const iso = isoMemo();

  function contentKey({ raw, time, borrowed }: Draft): string {
    if (!ids) return raw;
    if (borrowed === undefined) {
      ids.stamped = true;
      return raw;
    }
    if (borrowed === 'behind' || (borrowed === 'before' && ids.stamped)) return `${time}\0${raw}`;
    if (ids.first === null) {
      ids.first = digest(raw, 8);
      ids.nth = generationsBefore(ids.first);
    }
    return `${ids.first}#${ids.nth}\0${raw}`;
  }

  function makeEvent(draft: Draft): Event {
    const from = draft.source ?? source;
    const parts = {
      id: draft.id ?? `${prefix}-${draft.offset.toString(36).padStart(positionDigits, '0')}-${digest(contentKey(draft), 8)}`,
      timestamp: iso(draft.time),
      source: from,
      // What a pod writes is its workload's, whatever part of it a line names.
      group_id: draft.groupId ?? `${from}:${pod?.group ?? draft.logicalId ?? fallback}`,
    };
    return new PlainEvent(draft, parts, pod ? { ...pod.metadata, ...draft.metadata } : draft.metadata);
  }

  let time = after;
  const refused = ({ reason, line, offset, original }: Refusal): Signal => ({
    kind: 'rejected',
    time,
    key: '',
    rejected: { source, reason, place: { ...(named !== undefined && { file: named }), line, offset }, original },
  });

  return (items) => {
    const signals: Signal[] = [];
    for (const item of items) {
      if (item.kind === 'refusal') signals.push(refused(item));
      else {
        time = item.time;
        const signal = new PlainSignal(time, item.event ?? makeEvent(item));
        if (item.borrowed !== undefined) signal.borrowed = true;
        signals.push(signal);
      }
    }
    return signals;
  };
}
