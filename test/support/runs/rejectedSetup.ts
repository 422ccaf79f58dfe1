import { readFileSync, writeFileSync } from 'node:fs';
import { caducus } from '../caducus.ts';
import { temporaryFolder } from '../testIo.ts';

const at = (minute: number) => `2026-03-14T00:0${minute}:00Z`;
/** A line of an event that is whole, at a minute of a fixed hour. */
export const good = (id: string, minute: number, text = 'ok') =>
  JSON.stringify({ id, timestamp: at(minute), source: 's', group_id: 'g', text, metadata: {} });

/** A pipeline `p` over a file of three lines of which it rejects two, run once: what `caducus rejected` is asked about. */
export function rejectedSetup() {
  const folder = temporaryFolder();
  let ran: Awaited<ReturnType<typeof caducus>>;
  const data = () => ['--data-dir', folder.file('d')];
  const pipeline = (more = '') => `name: p
sources: { in: { file: { path: "${folder.file('in.ndjson')}", format: ndjson } } }
operators:
  - normalize: { group_id: "{source}:{metadata.component}" }
sinks: { out: { ndjson: { path: "${folder.file('out.ndjson')}" } } }
${more}`;
  /** Ids of the events that went through. */
  const ids = () =>
    readFileSync(folder.file('out.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { id: string }).id);

  before(async () => {
    writeFileSync(folder.file('p.yaml'), pipeline());
    const fine = JSON.stringify({ id: 'a', timestamp: at(1), source: 's', group_id: 'g', text: 'ok', metadata: { component: 'c' } });
    writeFileSync(folder.file('in.ndjson'), `${fine}\n{"password":"hunter2\n${good('b', 2, 'api_key=q7Zt2LmX')}\n`);
    ran = await caducus(['run', folder.file('p.yaml'), ...data()]);
  });
  return {
    folder,
    data,
    pipeline,
    ids,
    /** What came of the run. */
    ran: () => ran,
  };
}
