import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtins, extend, type Json, type Registry } from '../../../src/index.ts';
import { runExample } from './exampleRun.ts';

/** Ten minutes of a service that goes on as ever, and then fails: enough for a radar and what is on it. */
export const incidentLog = Array.from({ length: 600 }, (_, second) => {
  const at = new Date(Date.UTC(2026, 2, 14, 3, 0, second)).toISOString();
  return second < 480 ? `${at} INFO order ${second} taken in ${second % 31} ms` : `${at} ERROR card declined for order ${second}`;
});

/** What an example needs to run that does not stand in it: what makes radars of events, and where a test sees what came. */
const operators = 'operators:\n  - group_by: { key: group_id }\n  - memory: { window: 1m }\n  - rank: {}\n';

/** The examples of a package's page, run as they stand but for addresses and files. */
export class PackageExamples {
  readonly #page: string;
  readonly #registry: Registry;
  readonly folder = mkdtempSync(join(tmpdir(), 'caducus-example-'));

  constructor(page: string, parts: Partial<Pick<Registry, 'sources' | 'sinks'>>) {
    this.#page = page;
    this.#registry = extend(builtins, parts);
    writeFileSync(this.file('app.log'), incidentLog.map((line) => `${line}\n`).join(''));
  }

  readonly file = (name: string): string => join(this.folder, name);

  /** Writes a file that an example names, such as that of a password; its path. */
  put(name: string, text: string): string {
    writeFileSync(this.file(name), text);
    return this.file(name);
  }

  /**
   * Runs the block of the page that has a text in it, up to its end. Each text of `other` must stand in the block, so that an
   * example that changes changes what is tried. @returns the records that came to a file beside the sinks of the example
   */
  async run(has: string, other: Readonly<Record<string, string>>, rest: { listening?(port: number): Promise<void> } = {}): Promise<Json[]> {
    const blocks = [...readFileSync(this.#page, 'utf8').matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, block]) => block!);
    let text = blocks.find((block) => block.includes(has));
    if (text === undefined) throw new Error(`${this.#page} has no example with ${has}`);
    for (const [from, to] of Object.entries(other)) {
      if (!text.includes(from)) throw new Error(`the example with ${has} has no ${from}`);
      text = text.replaceAll(from, to);
    }
    const seen = `  seen: { ndjson: { path: "${this.file('seen.ndjson')}", select: [event, radar] } }\n`;
    const whole = text.includes('sinks:\n')
      ? text.replace('sinks:\n', `${operators}sinks:\n${seen}`)
      : `${text}${operators}sinks:\n${seen}`;
    await runExample({ text: `name: p\n${whole}`, dataDir: this.file('data'), registry: this.#registry, ...rest });
    return readFileSync(this.file('seen.ndjson'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Json);
  }

  /** The log of the example's page ends here, and does not go on. */
  get log(): Record<string, string> {
    return { '{ path: app.log, follow: true }': `{ path: "${this.file('app.log')}" }` };
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
