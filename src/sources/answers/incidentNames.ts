import { join } from 'node:path';
import { setNewest } from '../../base/evictOldest.ts';
import type { Files } from '../../io.ts';
import { readStoredLines } from './storedLines.ts';

/** Incidents that are remembered, to know what a note on one is about. */
const most = 10_000;

/** Which finding each incident of PagerDuty is about. Kept beside the marks, a line each; what is not there is only not known. */
export class IncidentNames {
  readonly all = new Map<string, string>();
  readonly #files: Files;
  readonly #path: string;

  private constructor(files: Files, dataDir: string) {
    this.#files = files;
    this.#path = join(dataDir, 'marks', 'incidents.ndjson');
  }

  static async open(files: Files, dataDir: string): Promise<IncidentNames> {
    const names = new IncidentNames(files, dataDir);
    for (const line of await readStoredLines(files, names.#path)) {
      if (Array.isArray(line) && typeof line[0] === 'string' && typeof line[1] === 'string') setNewest(names.all, line[0], line[1], most);
    }
    return names;
  }

  async remember(incident: string, finding: string): Promise<void> {
    if (this.all.get(incident) === finding) return;
    setNewest(this.all, incident, finding, most);
    await this.#files.makeFolder(join(this.#path, '..'));
    const file = await this.#files.open(this.#path, 'a');
    try {
      await file.write(Buffer.from(`${JSON.stringify([incident.slice(0, 200), finding])}\n`));
      await file.sync();
    } finally {
      await file.close();
    }
  }
}
