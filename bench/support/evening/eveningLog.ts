import { appendFileSync, copyFileSync, existsSync, renameSync, truncateSync, writeFileSync } from 'node:fs';

/** Rotated files that are kept: more than can come between two looks. */
const keptFiles = 40;
/** Lines between two rotations. */
const perRotation = 130;

/** What can go wrong: each of them a pattern of its own. */
const sentences = [
  'disk of the archive is full',
  'no route to the warehouse',
  'queue depth beyond its limit',
  'login refused: certificate expired',
  'backup ended with errors',
  'printer out of paper',
  'mail server hung up',
  'cache lost its cluster',
  'tape drive wants cleaning',
  'fan stands still',
  'router rebooted unexpectedly',
  'database replica too far behind',
  'index corrupt, rebuild needed',
  'lamp broken in rack seven',
  'door left open at night',
];

/** A log that a service writes: when it is told to an error with the lines of its stack, a new one each time; it is rotated in both ways. */
export class EveningLog {
  readonly path: string;
  /** What went wrong, in the order in which it did. */
  readonly troubles: string[] = [];
  written = 0;
  rotations = 0;
  #goesWrong = false;

  constructor(path: string) {
    this.path = path;
    writeFileSync(path, '');
  }

  /** How much can go wrong in one evening. */
  static get mostTroubles(): number {
    return sentences.length;
  }

  /** Something goes wrong in the next line. */
  goWrong(): void {
    this.#goesWrong = this.troubles.length < sentences.length;
  }

  /** Writes so many lines more, as of now. */
  write(count: number): void {
    let text = '';
    for (let i = 0; i < count; i += 1) text += this.#line();
    appendFileSync(this.path, text);
    if (this.written >= (this.rotations + 1) * perRotation) this.#rotate();
  }

  #line(): string {
    this.written += 1;
    const at = new Date().toISOString();
    const n = this.written;
    if (!this.#goesWrong) return `${at} INFO request ${n % 50} took ${n % 9} ms seq=${n}\n`;
    this.#goesWrong = false;
    const trouble = sentences[this.troubles.length]!;
    this.troubles.push(trouble);
    return `${at} ERROR ${trouble} seq=${n}\n    at open (disk.js:7)\n    at main (app.js:3)\n`;
  }

  /** As logrotate does it: the older ones move on by one; the newest is renamed, or copied and cut. */
  #rotate(): void {
    for (let n = keptFiles; n >= 1; n -= 1) if (existsSync(`${this.path}.${n}`)) renameSync(`${this.path}.${n}`, `${this.path}.${n + 1}`);
    if (this.rotations % 2 === 0) renameSync(this.path, `${this.path}.1`);
    else {
      copyFileSync(this.path, `${this.path}.1`);
      truncateSync(this.path);
    }
    this.rotations += 1;
  }
}
