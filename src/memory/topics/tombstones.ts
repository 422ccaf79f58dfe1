import type { Tombstone } from './topic.ts';

type Saved = [template: string, grave: Tombstone][];

/** What is kept of topics that were forgotten, by each of their templates; the oldest are given up. */
export class Tombstones {
  readonly #max: number;
  /** Null while there are none. */
  #byTemplate: Map<string, Tombstone> | null = null;

  constructor(max: number) {
    this.#max = max;
  }

  get(template: string): Tombstone | undefined {
    return this.#byTemplate?.get(template);
  }

  set(grave: Tombstone): void {
    const graves = (this.#byTemplate ??= new Map());
    for (const id of grave.templates) graves.set(id, grave);
    for (const oldest of graves.keys()) {
      if (graves.size <= this.#max) break;
      graves.delete(oldest);
    }
  }

  delete(grave: Tombstone): void {
    for (const id of grave.templates) this.#byTemplate?.delete(id);
  }

  save(): Saved {
    return Array.from(this.#byTemplate ?? [], ([template, grave]) => [template, { ...grave, templates: [...grave.templates] }]);
  }

  load(saved: Saved): void {
    for (const [template, grave] of saved) (this.#byTemplate ??= new Map()).set(template, { ...grave, templates: [...grave.templates] });
  }
}
