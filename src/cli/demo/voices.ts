/** Milliseconds. */
export const second = 1000;
export const minute = 60 * second;

/** What a service writes again and again: one line every so many milliseconds, from and until. */
export interface Voice {
  every: number;
  from?: number;
  until?: number;
  say(any: Dice): string;
}

/** Numbers that look drawn and are the same on every machine: a linear congruential generator (Numerical Recipes). */
export class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  /** A whole number below. */
  below(many: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    // The low bits of such a generator repeat early; the high ones do not.
    return Math.floor((this.#state / 2 ** 32) * many);
  }
}

/** The lines of a log between two times, in order, each with its line feed. */
export function speak<V extends Voice>(
  voices: readonly V[],
  { start, end, write }: { start: number; end: number; write(voice: V, time: number, text: string): string },
): string {
  const lines = voices.flatMap((voice, who) => {
    const { every, from = 0, until = Number.POSITIVE_INFINITY } = voice;
    const any = new Dice(who * 7919 + Math.floor(start / second));
    const first = Math.max(start, from) + any.below(every);
    const count = Math.max(0, Math.ceil((Math.min(end, until) - first) / every));
    return Array.from({ length: count }, (_, i) => {
      // A tenth of the pace to and fro: steady, but not a clock.
      const time = first + i * every + any.below(every / 10);
      return { time, text: `${write(voice, time, voice.say(any))}\n` };
    });
  });
  return lines
    .filter(({ time }) => time < end)
    .toSorted((a, b) => a.time - b.time)
    .map(({ text }) => text)
    .join('');
}
