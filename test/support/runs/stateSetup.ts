import { writeFileSync } from 'node:fs';
import { caducus } from '../caducus.ts';
import { eventLines } from '../durableRun.ts';
import { temporaryFolder } from '../testIo.ts';

/** A pipeline `watch` that has run over 60 events, and its data folder: what `caducus state` is asked about. */
export function stateSetup() {
  const folder = temporaryFolder();
  const pipeline = () => folder.file('p.yaml');
  const data = () => ['--data-dir', folder.file('d')];
  before(async () => {
    writeFileSync(folder.file('in.ndjson'), eventLines(60, { inOrder: true }));
    writeFileSync(
      pipeline(),
      `name: watch
sources: { in: { file: { path: "${folder.file('in.ndjson')}", format: ndjson } } }
operators: [{ group_by: { key: group_id } }, { memory: { window: 1m } }]
sinks: { out: { ndjson: { path: "${folder.file('out.ndjson')}" } } }
`,
    );
    await caducus(['run', pipeline(), ...data()]);
    // What was last on the screen is kept beside the state of the pipelines.
    writeFileSync(folder.file('d/state/shown.json'), '{}');
  });
  return { folder, pipeline, data };
}
