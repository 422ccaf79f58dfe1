import { z } from 'zod';
import { modelFetch, type FetchProgress } from '../../../embedders/modelFetch.ts';
import { catalogue } from '../../../errors.ts';
import { bytes } from '../../../views/text/numbers.ts';
import { chooseFolder, chooseReference, modelFlags } from '../../model/modelFlags.ts';
import { showReport } from '../../model/showReport.ts';
import { defineCommand } from '../../shared/command.ts';
import { tell, type CliContext } from '../../shared/context.ts';
import { textOr } from '../../shared/flags.ts';

/**
 * `caducus model fetch [--from ADDRESS]`: brings the model into the cache folder of the user. What came before it was
 * stopped is kept, and the same command goes on from there. Exit 74 when the model is not whole afterwards.
 */
export const command = defineCommand({
  flags: z.strictObject({
    from: textOr('hub', 'address', '`hub`, or the http(s) address of a folder that holds the files'),
    ...modelFlags,
  }),
  examples: ['caducus model fetch', 'caducus model fetch --from https://mirror.example.com/use/'],
  async run(_args, { from, folder, unchecked }, context) {
    const { io, stop } = context;
    const bar = showProgress(context);
    const options = { io, folder: chooseFolder(folder, context), from, published: chooseReference(unchecked) };
    const report = await modelFetch({ ...options, signal: stop, onProgress: bar.show }).catch(async (error: unknown) => {
      await bar.clear();
      if (!stop.aborted) throw error;
      return null;
    });
    await bar.clear();
    if (report === null) {
      await tell(context, 'Stopped; what came so far is kept.  The same command goes on from there.');
      return catalogue.CAD083.exit;
    }
    return showReport(report, context, catalogue.CAD083.exit);
  },
});

/** A line that is drawn over on a terminal; elsewhere a line for each file. What goes wrong on the way is always reported. */
function showProgress({ io }: CliContext) {
  const { isTTY } = io.stderr;
  let file = '';
  let drawn = false;
  const clear = async () => {
    if (drawn) await io.stderr.write('\r\u001b[2K');
    drawn = false;
  };
  return {
    clear,
    show(progress: FetchProgress) {
      const { retrying } = progress;
      if (retrying !== undefined) {
        void clear().then(() => io.stderr.write(`${progress.file}: ${retrying}; trying again\n`));
      } else if (isTTY) {
        drawn = true;
        void io.stderr.write(`\r\u001b[2K${progressText(progress)}`);
      } else if (progress.file !== file) {
        file = progress.file;
        void io.stderr.write(`${progressText(progress)}\n`);
      }
    },
  };
}

function progressText({ file, done, files, received, total }: FetchProgress): string {
  const of = files === null ? '' : ` (${done + 1} of ${files})`;
  return `${file}${of}: ${bytes(received)}${total === null ? '' : ` of ${bytes(total)}`}`;
}
