import type { CopiedKey, SavedInstance } from '../../kernel/defineOperator.ts';
import { foldKey, sortKeys } from '../../run/checkpoint/snapshot.ts';

/** What is saved of a partition beside its keys. */
interface PieceHead extends Pick<SavedInstance, 'folding'> {
  /** How far its event time has come, milliseconds; null before the first record. */
  now: number | null;
}

/** What a partition is taken up from. */
export interface SavedPartition {
  instance: SavedInstance;
  now: number | null;
}

const lineFeed = 10;
/** Characters that are written at a time: a buffer for each key would cost more than the keys. */
const slice = 1 << 20;

/** A head, then keys as `Instance` copies them, a line each. */
export function encodePiece(head: PieceHead, keys: readonly string[]): Uint8Array {
  const slices: Buffer[] = [];
  let [lines, length] = [[JSON.stringify(head)], 0];
  for (const key of keys) {
    lines.push(key);
    length += key.length;
    if (length < slice) continue;
    slices.push(Buffer.from(`${lines.join('\n')}\n`));
    [lines, length] = [[], 0];
  }
  if (lines.length > 0) slices.push(Buffer.from(`${lines.join('\n')}\n`));
  return Buffer.concat(slices);
}

/**
 * All keys, then pieces of those that have changed: of each key, and of the rest, what came last counts. Those of a later piece
 * were touched after all others, by whoever wrote it: each counts from a beginning of its own.
 */
export function joinPieces(pieces: readonly Uint8Array[]): SavedPartition {
  const keys = new Map<string, CopiedKey>();
  let head: PieceHead = { now: null };
  let before = 0;
  for (const piece of pieces) {
    const [first, ...lines] = readLines(piece);
    head = JSON.parse(first!) as PieceHead;
    let newest = before;
    for (const line of lines) {
      const copied = JSON.parse(line) as CopiedKey;
      if ('touched' in copied) newest = Math.max(newest, (copied.touched += before));
      foldKey(keys, copied);
    }
    before = newest;
  }
  return { instance: sortKeys(head.folding, keys), now: head.now };
}

/** A piece can be longer than the longest string. */
function* readLines(piece: Uint8Array): Generator<string> {
  const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(lineFeed, at);
    yield bytes.toString('utf8', at, end);
    at = end + 1;
  }
}
