import type { Flow } from '../../kernel/defineOperator.ts';
import type { EventSignal } from '../../signal.ts';

/** All that a signal with a mark says. */
const marking = new Set(['kind', 'time', 'key', 'event', 'late', 'template_id']);

/**
 * How a forwarded event is told from the one that came in, as a number: whether it is late, and the name of its template, so
 * that the event itself need not travel back. Names are numbered as they come.
 */
export class Marks {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** The mark of a signal that was made of another; null where it is more than the other, marked. */
  of(given: Flow, signal: Flow): number | null {
    if (signal === given) return 0;
    if (given.kind !== 'event' || signal.kind !== 'event' || signal.time !== given.time || signal.key !== given.key) return null;
    for (const name in signal) if (!marking.has(name)) return null;
    const { event, late, template_id: template } = signal as EventSignal;
    const before = given as EventSignal;
    if (event !== before.event || before.late !== undefined || before.template_id !== undefined || late === false) return null;
    return (template === undefined ? 0 : this.#number(template) + 1) * 2 + (late === true ? 1 : 0);
  }

  #number(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.names.push(name) - 1;
      this.#numbers.set(name, number);
    }
    return number;
  }
}

/** The signal that such a mark stands for. */
export function marked(given: Flow, mark: number, names: readonly string[]): Flow {
  if (mark === 0) return given;
  const { kind, time, key, event } = given as EventSignal;
  const late = mark % 2 === 1;
  const name = (mark >> 1) - 1;
  if (name < 0) return { kind, time, key, event, late } as EventSignal;
  const template_id = names[name]!;
  const signal: EventSignal = late ? { kind, time, key, event, late, template_id } : { kind, time, key, event, template_id };
  return signal;
}
