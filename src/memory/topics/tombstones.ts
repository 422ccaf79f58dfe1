import type { Tombstone } from './topic.ts';

type Saved = [template: string, grave: Tombstone][];

/** What is kept of topics that were forgotten, by each of their templates; the oldest are given up. */
export class Tombstones {
  readonly #max: number;
  readonly #byTemplate = new Map<string, Tombstone>();

  constructor(max: number) {
    this.#max = max;
  }

  get(template: string): Tombstone | undefined {
    return this.#byTemplate.get(template);
  }

  set(grave: Tombstone): void {
    for (const id of grave.templates) this.#byTemplate.set(id, grave);
    for (const oldest of this.#byTemplate.keys()) {
      if (this.#byTemplate.size <= this.#max) break;
      this.#byTemplate.delete(oldest);
    }
  }

  delete(grave: Tombstone): void {
    for (const id of grave.templates) this.#byTemplate.delete(id);
  }

  save(): Saved {
    return Array.from(this.#byTemplate, ([template, grave]) => [template, { ...grave, templates: [...grave.templates] }]);
  }

  load(saved: Saved): void {
    for (const [template, grave] of saved) this.#byTemplate.set(template, { ...grave, templates: [...grave.templates] });
  }
}
