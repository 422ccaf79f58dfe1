import { CaducusError } from '../../errors.ts';
import { choice } from '../shared/flags.ts';
import type { CliContext } from '../shared/context.ts';

/** How an answer can be printed: for the eye, for a ticket or a chat, as a page of its own, for programs. */
export const printForms = ['text', 'markdown', 'html', 'json'] as const;
export type PrintForm = (typeof printForms)[number];

export const formFlag = {
  format: choice(
    'format',
    printForms,
    'how it is printed: text, markdown (for a ticket or a chat), html (a page of its own), json (as --json)',
    'name',
  ),
};

/** What was asked for. Throws CAD002 where --json and --format ask for two things. */
export function chooseForm(form: PrintForm | undefined, { json }: Pick<CliContext, 'json'>): PrintForm {
  if (json && form !== undefined && form !== 'json')
    throw new CaducusError('CAD002', { path: '--format' }, `${form} and --json cannot both be printed`, { hint: 'Leave one out.' });
  return form ?? (json ? 'json' : 'text');
}
