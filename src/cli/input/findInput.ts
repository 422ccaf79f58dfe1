import { tell, type CliContext } from '../shared/context.ts';
import { storeSpan } from '../shared/storeSpan.ts';

/** What is read where nothing is named: the store; or what is piped in, while there is nothing in the store. */
export async function findInput(context: CliContext): Promise<string[]> {
  const { io, dataDir } = context;
  if (io.isPiped?.() !== true) return [];
  const { first } = await storeSpan(io.files, dataDir);
  await tell(
    context,
    first === null
      ? 'Reading standard input, as caducus radar - does: there is nothing in the store.'
      : `This is the store in ${dataDir}; what is piped in is not read. caducus radar - reads it.`,
  );
  return first === null ? ['-'] : [];
}
