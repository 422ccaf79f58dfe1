import { formats, type FormatName } from '../../formats/index.ts';
import { inputFlags } from '../input/inputFlags.ts';
import { choice } from '../shared/flags.ts';
import { printForms, type PrintForm } from './printForms.ts';

/** Names of formats of input are none of forms of print: one flag takes either. */
const inputNames = Object.keys(formats) as FormatName[];

/** `--format`, which is how a command prints or, as it always was of one that reads, how it reads; and `--input-format`. */
export const eitherFormat = {
  format: choice(
    'format',
    [...printForms, ...(inputNames as [FormatName, ...FormatName[]])],
    'how it is printed: text, markdown, html, json; or as --input-format',
    'name',
  ),
  inputFormat: inputFlags.format,
};

/** What each of the two said: how it is printed, and how the input is read. */
export function splitFormat(
  format: PrintForm | FormatName | undefined,
  inputFormat: FormatName | undefined,
): { form: PrintForm | undefined; format: FormatName | undefined } {
  return { form: printForms.find((one) => one === format), format: inputFormat ?? inputNames.find((one) => one === format) };
}
