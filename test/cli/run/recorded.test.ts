import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { replayOptions } from '../../../src/cli/run/recorded.ts';
import type { CliContext } from '../../../src/cli/shared/context.ts';
import { CaducusError } from '../../../src/errors.ts';
import type { Pipeline } from '../../../src/pipeline/definition.ts';
import type { RecordingHead } from '../../../src/run/replay/recording.ts';
import { caducus } from '../../support/caducus.ts';
import { partly } from '../../support/typed.ts';
import { temporaryFolder } from '../../support/testIo.ts';

describe('replayOptions', () => {
  const folder = temporaryFolder();

  it('refuses an end that lies before the beginning', async () => {
    const stretch = { folder: folder.path, head: partly<RecordingHead>({}), from: 2, to: 1 };
    expect(await replayOptions(partly<Pipeline>({}), stretch, partly<CliContext>({})).catch((error: unknown) => error)).to.be.instanceOf(
      CaducusError,
    );
  });

  it('replays what was recorded into a folder of its own', async () => {
    writeFileSync(folder.file('in.log'), '2026-03-14T02:00:00Z INFO one\n2026-03-14T02:10:00Z INFO two\n');
    const file =
      'name: p\nsources: { in: { file: { path: in.log } } }\noperators: [{ group_by: { key: group_id } }, { memory: { window: 5m } }, { rank: {} }]\n';
    writeFileSync(
      folder.file('p.yaml'),
      `${file}sinks: { out: { ndjson: { path: "\${config.data_dir}/out.ndjson", select: [radar] } } }\n`,
    );
    const run = await caducus(['run', 'p.yaml', '--record', 'rec', '--data-dir', 'd', '--quiet'], { cwd: folder.path });
    expect([run.exit, run.err]).to.satisfy(([exit]: [number, string]) => exit === 0);
    const { exit, err } = await caducus(['replay', 'rec'], { cwd: folder.path });
    expect([exit, err]).to.satisfy(([code, text]: [number, string]) => code === 0 && text.includes('Replayed from rec'));
  });
});
