import type { ModelReport } from '../../embedders/modelVerify.ts';
import { bytes } from '../../views/text/numbers.ts';
import { print, printJson, type CliContext } from '../shared/context.ts';

/** Prints what each file is like. Returns 0 when the model is whole, else `exit`. */
export async function showReport(report: ModelReport, context: CliContext, exit: number): Promise<number> {
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
