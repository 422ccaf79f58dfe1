import type { Event } from '../event.ts';

/** What a field of flat metadata holds: a text or a number, which are sent beside it, or what its shape says already. */
type Kind = 'text' | 'number' | true | false | null;

/** The fields of metadata that hold nothing deeper, in their order. */
export type Shape = readonly { readonly name: string; readonly kind: Kind }[];

/** More fields, or more shapes at a time, are not worth their search. */
const mostFields = 24;
const mostShapes = 256;

interface Node {
  shape: number;
  readonly next: Map<Kind, Map<string, Node>>;
}

/** Numbers the shapes of metadata, the same the same. */
export class MetadataShapes {
  readonly list: Shape[] = [];
  readonly #root = newNode();

  /** The number of the shape of metadata; null where one of the values is neither a text, a finite number, a boolean nor null. */
  number(metadata: Event['metadata']): number | null {
    let node = this.#root;
    for (const name in metadata) {
      const kind = readKind(metadata[name]);
      if (kind === undefined || name === '__proto__') return null;
      let names = node.next.get(kind);
      if (!names) node.next.set(kind, (names = new Map()));
      let next = names.get(name);
      if (!next) names.set(name, (next = newNode()));
      node = next;
    }
    return node.shape >= 0 ? node.shape : this.#add(node, metadata);
  }

  #add(node: Node, metadata: Event['metadata']): number | null {
    const shape = Object.entries(metadata).map(([name, value]) => ({ name, kind: readKind(value)! }));
    if (shape.length > mostFields || this.list.length === mostShapes) return null;
    return (node.shape = this.list.push(shape) - 1);
  }
}

const newNode = (): Node => ({ shape: -1, next: new Map() });

function readKind(value: unknown): Kind | undefined {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? 'number' : undefined;
  return value === true || value === false || value === null ? value : undefined;
}

/** Whether a value of that kind is sent beside its shape. */
export const isSent = (kind: Kind): kind is 'text' | 'number' => kind === 'text' || kind === 'number';

/** How many values of a shape are sent beside it. */
export function countSent(shape: Shape): number {
  let sent = 0;
  for (const { kind } of shape) if (isSent(kind)) sent += 1;
  return sent;
}

/** Metadata of a shape; `next`: the text of the next value that is sent. */
export function fillShape(shape: Shape, next: () => string): Event['metadata'] {
  const metadata: Event['metadata'] = {};
  for (const { name, kind } of shape) metadata[name] = kind === 'text' ? next() : kind === 'number' ? Number(next()) : kind;
  return metadata;
}
