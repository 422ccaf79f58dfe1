import { createHash } from 'node:crypto';
import { unpackContent } from './packing.ts';
import { Remembered } from './remembered.ts';

/**
 * What a message means beside its content. `provisional`: given again, perhaps longer, once the input has grown. `end`: the
 * input is over. `void`: the provisional messages before it do not count. `gather`: the state of a partition is asked for.
 * `revise`: nothing more comes in this log, another file goes on behind it.
 */
export type Flag = '' | 'provisional' | 'end' | 'void' | 'gather' | 'revise';

/** One of the parts in which a numbered message travels. */
export interface Envelope {
  /** Number of the message in its log, ascending. */
  n: number;
  /** Number of the message before it in its log; 0 for the first. */
  prev: number;
  /** Number of the part, from 0 on, and how many there are. */
  part: number;
  of: number;
  flag: Flag;
  /** The content is packed: see `packContent`. */
  packed?: true;
  /** Tells contents apart, of a message in several parts: what two write of one may be the same and not in the same bytes. */
  sum?: string;
  /** Who wrote it, in a log that does not follow from another. */
  owner?: string;
}

/** Bytes of a part at most. */
export const partBytes = 512 * 1024;

export const sumContent = (content: Uint8Array): string => createHash('sha256').update(content).digest('base64url').slice(0, 22);

interface Opened {
  envelope: Readonly<Envelope>;
  content: Uint8Array;
}

const opened = new Remembered<Opened>();
const parted = new Remembered<{ whole: Uint8Array; parts: readonly Uint8Array[] }>();

/** A header as JSON and a line feed, then the content. */
export function encodeEnvelope(envelope: Envelope, content: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(`${JSON.stringify(envelope)}\n`), content]);
  return opened.remember(body, { envelope, content });
}

export function decodeEnvelope(body: Uint8Array): Opened {
  const known = opened.recall(body);
  if (known) return known;
  const end = body.indexOf(10);
  return { envelope: JSON.parse(Buffer.from(body.subarray(0, end)).toString()) as Envelope, content: body.subarray(end + 1) };
}

/** A content, as it travels, in the parts it travels in; an empty one is a part as well. */
export function cutContent(content: Uint8Array, most: number = partBytes): Uint8Array[] {
  if (content.length <= most) return [content];
  const parts: Uint8Array[] = [];
  for (let at = 0; at < content.length; at += most) parts.push(content.subarray(at, at + most));
  return parts;
}

/** Parts that are about to travel, and the content that they are of: who reads them here is given that. */
export function rememberWhole(parts: readonly Uint8Array[], whole: Uint8Array): void {
  if (parts[0] !== whole) parted.remember(parts[0]!, { whole, parts });
}

/** The content that travelled in these parts. */
export function joinContent(parts: readonly Uint8Array[], { packed }: Pick<Envelope, 'packed'>): Uint8Array {
  const known = parted.recall(parts[0]!);
  if (known?.parts.length === parts.length && parts.every((part, i) => part === known.parts[i])) return known.whole;
  const content = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  return packed ? unpackContent(content) : content;
}
