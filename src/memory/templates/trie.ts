import { CONST } from '../scan/shape.ts';
import { WILD, type Alignment } from './pieces.ts';
import type { Template } from './template.ts';

/** Which template a line belongs to; `align` is null when tokens correspond one to one. */
export interface Route {
  template: Template;
  align: Alignment | null;
}

/** What leads to a template token by token: its own shape, or another of its lines'. */
interface Path {
  readonly hashes: readonly number[];
  readonly kinds: readonly number[];
}

/** A line's tokens: a hash for what is constant, VALUE for values. */
interface Tokens {
  readonly hash: ArrayLike<number>;
  readonly kind: ArrayLike<number>;
}

interface Node {
  /** By token hash; values by shape are under VALUE. */
  children: Map<number, Node> | null;
  /** The position evidence has opened: takes any token. */
  wild: Node | null;
  route: Route | null;
}

/** How many nodes one look-up may visit: hostile lines cannot make it slow. */
const VISITS = 400;

/** Templates with open positions, found token by token: constants first, then values, then anything. */
export class Trie {
  readonly #root: Node = node();
  #visits = 0;

  add(template: Template): void {
    for (const form of template.forms) this.#put(form, { template, align: form });
    if (template.kinds.includes(WILD)) this.#put(template, { template, align: null });
  }

  delete(template: Template): void {
    for (const form of template.forms) this.#drop(form, template);
    if (template.kinds.includes(WILD)) this.#drop(template, template);
  }

  /** The template for these tokens, the first `length`, or null. */
  match(tokens: Tokens, length: number): Route | null {
    this.#visits = VISITS;
    return this.#walk(this.#root, 0, tokens, length);
  }

  #put({ hashes, kinds }: Path, route: Route): void {
    let at = this.#root;
    kinds.forEach((kind, i) => {
      if (kind === WILD) at = at.wild ??= node();
      else {
        at.children ??= new Map();
        const hash = hashes[i]!;
        let next = at.children.get(hash);
        if (!next) at.children.set(hash, (next = node()));
        at = next;
      }
    });
    at.route = route;
  }

  #drop({ hashes, kinds }: Path, template: Template): void {
    const path: [Node, number | null][] = [];
    let at: Node | null | undefined = this.#root;
    for (let i = 0; i < kinds.length && at; i++) {
      const hash: number | null = kinds[i] === WILD ? null : hashes[i]!;
      path.push([at, hash]);
      at = hash === null ? at.wild : at.children?.get(hash);
    }
    if (at?.route?.template !== template) return;
    at.route = null;
    // Branches that lead nowhere go with it.
    for (let i = path.length - 1; i >= 0; i--) {
      const [parent, hash] = path[i]!;
      const child: Node = hash === null ? parent.wild! : parent.children!.get(hash)!;
      if (child.route || child.wild || child.children?.size) break;
      if (hash === null) parent.wild = null;
      else parent.children!.delete(hash);
    }
  }

  #walk(at: Node, token: number, tokens: Tokens, length: number): Route | null {
    if (--this.#visits < 0) return null;
    if (token === length) return at.route;
    const child = at.children?.get(tokens.hash[token]!);
    const found = child ? this.#walk(child, token + 1, tokens, length) : null;
    return found ?? (at.wild && tokens.kind[token]! >= CONST ? this.#walk(at.wild, token + 1, tokens, length) : null);
  }
}

const node = (): Node => ({ children: null, wild: null, route: null });
