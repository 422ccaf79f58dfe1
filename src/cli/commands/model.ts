import { cacheFolder } from '../../embedders/cacheFolder.ts';
import { modelFetch, type FetchProgress } from '../../embedders/modelFetch.ts';
import { modelVerify, type ModelReport } from '../../embedders/modelVerify.ts';
import { modelFolder, sentenceEncoder, type Published } from '../../embedders/use/sentenceEncoder.ts';
import { catalogue } from '../../errors.ts';
import { bytes } from '../../views/numbers.ts';
import type { CommandBody, Flags } from '../shared/commandBody.ts';
import { print, printJson, tell, type CliContext } from '../shared/context.ts';

const folderOf = ({ folder }: Flags, { io }: CliContext) => (typeof folder === 'string' ? folder : modelFolder(cacheFolder(io.env)));
const publishedOf = ({ unchecked }: Flags): Published | null => (unchecked === true ? null : sentenceEncoder);

/**
 * `caducus model fetch [--from ADDRESS]`: brings the model into the cache folder of the user. What came before it was
 * stopped is kept, and the same command goes on from there. Exit 74 when the model is not whole afterwards.
 */
export const fetchModel: CommandBody = async (_args, flags, context) => {
  const { io, stop } = context;
  const bar = progressOf(context);
  const options = { io, folder: folderOf(flags, context), from: String(flags['from']), published: publishedOf(flags) };
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
  return show(report, context, catalogue.CAD083.exit);
};

/** `caducus model verify`: reads every file and compares it with the published one. Exit 1 when one is missing or damaged. */
export const verifyModel: CommandBody = async (_args, flags, context) =>
  show(await modelVerify(context.io.files, folderOf(flags, context), publishedOf(flags)), context, 1);

/** `caducus model path`: the folder the embedder looks in. */
export const modelPath: CommandBody = async (_args, flags, context) => {
  const folder = folderOf(flags, context);
  const there = (await context.io.files.stat(`${folder}/model.json`)) !== null;
  if (context.json) return printJson(context, { folder, there });
  await print(context, [folder]);
  if (!there) await tell(context, 'There is no model yet.  caducus model fetch');
};

/** Prints what each file is like. Returns 0 when the model is whole, else `exit`. */
async function show(report: ModelReport, context: CliContext, exit: number): Promise<number> {
  const { folder, files, good } = report;
  if (context.json) {
    await printJson(context, {
      folder,
      good,
      files: files.map(({ name, bytes: size, blobId, expected, state }) => ({ name, bytes: size, blob_id: blobId, expected, state })),
    });
    return good ? 0 : exit;
  }
  const width = Math.max(...files.map(({ name }) => name.length));
  const lines = files.map(
    ({ name, bytes: size, state }) => `  ${name.padEnd(width)}  ${(size === null ? '-' : bytes(size)).padStart(9)}  ${state}`,
  );
  const size = files.reduce((sum, file) => sum + (file.bytes ?? 0), 0);
  await print(context, [folder, ...lines, good ? `${files.length} files, ${bytes(size)}: whole` : 'Not whole.  caducus model fetch']);
  return good ? 0 : exit;
}

/** A line that is drawn over on a terminal; elsewhere a line for each file. What goes wrong on the way is always said. */
function progressOf({ io }: CliContext) {
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
        void io.stderr.write(`\r\u001b[2K${lineOf(progress)}`);
      } else if (progress.file !== file) {
        file = progress.file;
        void io.stderr.write(`${lineOf(progress)}\n`);
      }
    },
  };
}

function lineOf({ file, done, files, received, total }: FetchProgress): string {
  const of = files === null ? '' : ` (${done + 1} of ${files})`;
  return `${file}${of}: ${bytes(received)}${total === null ? '' : ` of ${bytes(total)}`}`;
}
