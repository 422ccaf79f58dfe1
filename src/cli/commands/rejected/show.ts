import { z } from 'zod';
import { CaducusError } from '../../../errors.ts';
import { line } from '../../../views/text/line.ts';
import type { RejectedRecord } from '../../../store/rejectedFiles.ts';
import { allRejected, placeText } from '../../rejected/keptRejected.ts';
import { defineCommand } from '../../shared/command.ts';
import { pictureStyle, print, printJson, type CliContext } from '../../shared/context.ts';

/** `caducus rejected show <id>`: any beginning of an id that only one record has. */
export const command = defineCommand({
  arguments: z.strictObject({ id: z.string() }),
  examples: ['caducus rejected show k7f2'],
  run: async ({ id }, _flags, context) => showRejected(id, context),
});

async function showRejected(wanted: string, context: CliContext): Promise<void> {
  const found = new Map(
    [...(await allRejected(context)).values()]
      .flat()
      .filter(({ id }) => id.startsWith(wanted))
      .map((record) => [record.id, record]),
  );
  if (found.size !== 1) {
    const what =
      found.size === 0
        ? `no rejected record has the id "${wanted}"`
        : `${found.size} rejected records have an id that begins with "${wanted}"`;
    throw new CaducusError('CAD002', {}, what, { hint: 'caducus rejected ls shows the ids.' });
  }
  const [record] = [...found.values()] as [RejectedRecord];
  if (context.json) return printJson(context, record);
  const view = { ...pictureStyle(context), columns: 96 };
  const row = (name: string, text: string) => line([name.padEnd(10), text], view);
  await print(context, [
    row('pipeline', record.pipeline),
    row('source', record.source),
    row('at', record.at ?? '-'),
    row('place', placeText(record)),
    row('reason', record.reason),
    '',
    ...record.original.split('\n').flatMap((text) => wrapped(text, view.columns).map((part) => line([part], view))),
  ]);
}

/** A long line in pieces, so that nothing of an original is cut off. */
function wrapped(text: string, columns: number): string[] {
  const pieces: string[] = [];
  // Characters that are shown escaped take up to ten columns.
  const most = /^[\x20-\x7e]*$/.test(text) ? columns : Math.floor(columns / 10);
  for (let at = 0; at < text.length; at += most) pieces.push(text.slice(at, at + most));
  return pieces.length > 0 ? pieces : [''];
}
