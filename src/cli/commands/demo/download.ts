import { z } from 'zod';
import { CaducusError } from '../../../errors.ts';
import { isoTime } from '../../../formats/time/isoTime.ts';
import { count } from '../../../views/text/numbers.ts';
import { demoDatasets, type DemoDataset } from '../../../sources/huggingface/demoRow.ts';
import { downloadDemo } from '../../../sources/huggingface/download.ts';
import { defineCommand } from '../../shared/command.ts';
import { needed, neededChoice, neededWhole, text } from '../../shared/flags.ts';
import { print, printJson, tell, type CliContext } from '../../shared/context.ts';

/** How often the progress is printed where it is no terminal, milliseconds. */
const every = 10_000;

const datasets = ['hdfs_v1', 'bgl'] as const satisfies readonly DemoDataset[];

const downloadFlags = z.strictObject({
  dataset: neededChoice('data set', datasets, 'hdfs_v1 or bgl', 'name'),
  output: needed('file', 'the CSV file to write'),
  maxRows: neededWhole('at most so many rows'),
  anchorNow: text('time', 'shift all times so that the newest is this moment (ISO 8601)'),
  from: text('url', 'another address of the rows API, such as a mirror'),
});

/**
 * `caducus demo download --dataset hdfs_v1 --output F.csv --max-rows N [--anchor-now ISO]`: rows of an open data set in
 * the demo's columns. What came so far is kept: the same command goes on where it stopped. Exit 74 when the rows cannot
 * be had, with the file that is shipped for that case.
 */
export const command = defineCommand({
  flags: downloadFlags,
  examples: [
    'caducus demo download --dataset hdfs_v1 --output hdfs.csv --max-rows 20000',
    'caducus demo download --dataset bgl --output bgl.csv --max-rows 5000 --anchor-now 2026-03-14T03:05:00Z',
  ],
  run: async (_args, flags, context) => download(flags, context),
});

async function download({ dataset, output, maxRows, anchorNow, from }: z.output<typeof downloadFlags>, context: CliContext): Promise<void> {
  const bar = showProgress(context, demoDatasets[dataset].name);
  const done = await downloadDemo({
    io: context.io,
    dataset,
    output,
    maxRows,
    anchorNow: anchorNow === undefined ? undefined : readAnchor(anchorNow),
    ...(from === undefined ? {} : { baseUrl: from.replace(/\/+$/, '') }),
    signal: context.stop,
    progress: bar.show,
  }).catch(async (error: unknown) => {
    await bar.clear();
    if (!context.stop.aborted) throw error;
    return null;
  });
  await bar.clear();
  if (done === null) return tell(context, `Stopped; what came so far is kept.  The same command goes on from there.`);
  const newest = done.newest === null ? null : new Date(done.newest).toISOString();
  if (context.json)
    return printJson(context, { dataset: demoDatasets[dataset].name, output, rows: done.rows, resumed: done.resumed, newest });
  const resumed = done.resumed > 0 ? `, ${count(done.resumed)} of them from an earlier, interrupted download` : '';
  await print(context, [
    `${count(done.rows)} rows of ${demoDatasets[dataset].name} in ${output}${resumed}${newest === null ? '' : `; newest ${newest}`}`,
    `caducus demo ingest --input ${output}      caducus radar ${output}`,
  ]);
}

function readAnchor(value: string): number {
  const time = isoTime(value);
  if (!Number.isNaN(time)) return time;
  throw new CaducusError('CAD002', { path: '--anchor-now' }, `"${value}" is no time`, {
    hint: 'Give ISO 8601 with a zone, such as 2026-03-14T03:05:00Z.',
  });
}

/** A line that is drawn over on a terminal; elsewhere a line now and then. */
function showProgress({ io }: CliContext, name: string) {
  const { isTTY } = io.stderr;
  let lastLine = io.monotonic();
  let drawn = false;
  return {
    show(done: number, of: number) {
      const text = `${name}: ${count(done)} of ${count(of)} rows`;
      if (isTTY) void io.stderr.write(`\r\u001b[2K${text}`);
      else if (io.monotonic() - lastLine >= every) {
        lastLine = io.monotonic();
        void io.stderr.write(`${text}\n`);
      }
      drawn ||= isTTY;
    },
    clear: async () => {
      if (drawn) await io.stderr.write('\r\u001b[2K');
      drawn = false;
    },
  };
}
