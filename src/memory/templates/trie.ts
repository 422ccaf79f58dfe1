import { CONST, SOFT } from '../shape.ts';
import { VALUE, type Scanner } from '../scanner.ts';
import { WILD, type Alignment } from './pieces.ts';
import type { Template } from './template.ts';

interface Node {
  /** By token hash; values by shape are under VALUE. */
  children: Map<number, Node> | null;
  /** The position evidence has opened: takes any token. */
  wild: Node | null;
  template: Template | null;
}

/** How many nodes one look-up may visit: hostile lines cannot make it slow. */
const VISITS = 400;

/** Templates with open positions, found token by token: constants first, then values, then anything. */
export class Trie {
  private readonly root: Node = node();
  private visits = 0;

  add(template: Template): void {
    let at = this.root;
    template.kinds.forEach((kind, i) => {
      if (kind === WILD) at = at.wild ??= node();
      else {
        at.children ??= new Map();
        const hash = template.hashes[i]!;
        let next = at.children.get(hash);
        if (!next) at.children.set(hash, (next = node()));
        at = next;
      }
    });
    at.template = template;
  }

  delete(template: Template): void {
    const path: [Node, number | null][] = [];
    let at: Node | null | undefined = this.root;
    for (let i = 0; i < template.kinds.length && at; i++) {
      const hash: number | null = template.kinds[i] === WILD ? null : template.hashes[i]!;
      path.push([at, hash]);
      at = hash === null ? at.wild : at.children?.get(hash);
    }
    if (at?.template !== template) return;
    at.template = null;
    // Branches that lead nowhere go with it.
    for (let i = path.length - 1; i >= 0; i--) {
      const [parent, hash] = path[i]!;
      const child: Node = hash === null ? parent.wild! : parent.children!.get(hash)!;
      if (child.template || child.wild || child.children?.size) break;
      if (hash === null) parent.wild = null;
      else parent.children!.delete(hash);
    }
  }

  /** The template for the line the scanner has just read, with its alignment, or null. */
  match(scan: Scanner): { template: Template; align: Alignment } | null {
    this.visits = VISITS;
    const align: Alignment = { from: [], to: [] };
    const template = this.walk(this.root, 0, 0, scan, align);
    if (!template) return null;
    align.from.length = align.to.length = template.kinds.length;
    return { template, align };
  }

  private walk(at: Node, token: number, depth: number, scan: Scanner, align: Alignment): Template | null {
    if (--this.visits < 0) return null;
    if (token === scan.length) return at.template;
    const kind = scan.kind[token]!;
    const child = at.children?.get(kind === CONST || kind === SOFT ? scan.hash[token]! : VALUE);
    if (child) {
      align.from[depth] = align.to[depth] = token;
      const found = this.walk(child, token + 1, depth + 1, scan, align);
      if (found) return found;
    }
    if (!at.wild) return null;
    align.from[depth] = align.to[depth] = token;
    return this.walk(at.wild, token + 1, depth + 1, scan, align);
  }
}

const node = (): Node => ({ children: null, wild: null, template: null });
