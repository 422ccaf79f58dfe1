import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { formats, type FormatName, type FormatOption } from '../../formats/index.ts';
import { roles, type FieldsOption, type Role } from '../../formats/json/fieldNames.ts';
import { didYouMean } from '../../base/text/didYouMean.ts';
import { findShape } from '../../pipeline/keyCase.ts';
import type { CliContext } from '../shared/context.ts';
import { choice, length, textOr } from '../shared/flags.ts';

const formatNames = Object.keys(formats) as [FormatName, ...FormatName[]];

const year = z
  .string()
  .transform((given, context) => {
    if (/^(19[7-9]|[2-9]\d)\d{1,2}$/.test(given) && given.length === 4) return Number(given);
    context.addIssue({ code: 'custom', message: `"${given}" is no year`, params: { hint: 'Give one such as 2026.' } });
    return z.NEVER;
  })
  .optional()
  .meta({ value: 'year', description: 'year of stamps without one (default: the latest that fits)' });

/** The words that people know a part by, beside the names a pipeline file has for it. */
const otherWords: Readonly<Record<string, Role>> = { time: 'timestamp', message: 'text', severity: 'level' };
const words: readonly string[] = [...roles, ...Object.keys(otherWords)];

const fields = z
  .string()
  .transform((given, context) => {
    const chosen: Partial<Record<Role, string>> = {};
    for (const pair of given.split(',').map((part) => part.trim())) {
      const [word = '', path = ''] = pair.split(/=(.*)/s);
      const role = otherWords[word] ?? roles.find((one) => one === word);
      if (role === undefined || path === '') {
        const meant = role === undefined ? didYouMean(word, words) : null;
        const hint = meant ?? `Give pairs such as time=ts,level=sev,text=msg,group=service (${words.join(', ')}).`;
        context.addIssue({
          code: 'custom',
          message: role === undefined ? `"${word}" is no part of a record` : `"${pair}" names no field`,
          params: { hint },
        });
        return z.NEVER;
      }
      // A group by a field is that of its service, as where the reader finds it by itself.
      chosen[role === 'group' ? 'component' : role] = path;
    }
    return chosen satisfies FieldsOption;
  })
  .optional()
  .meta({ value: 'pairs', description: 'what is what: time=ts,level=sev,text=msg,group=service' });

/** The flags that say how an input is read. `--time-zone`, which every command has, is that of stamps without one as well. */
export const inputFlags = {
  format: choice('format', formatNames, `how it is read: ${formatNames.join(', ')} (default: found out)`, 'name'),
  fields,
  year,
  by: textOr('group_id', 'field', 'group by a field, or {service}-{metadata.region}'),
};
export const windowFlag = { window: length('length of a window (default: one that fits)') };

export type InputFlags = z.output<z.ZodObject<typeof inputFlags>>;

/** The zone that was asked for on the command line, which then is that of stamps without one too. */
export const zoneGiven = ({ given, layered }: Pick<CliContext, 'given' | 'layered'>): string | undefined =>
  given['timeZone'] === undefined ? undefined : layered.settings.time_zone;

/**
 * The format that the flags ask for, with its options; undefined where they ask for nothing. `found` is the format of the
 * input where it must be known, since only some have fields. Throws CAD002 where a format cannot do what is asked.
 */
export function formatFrom(
  { format, fields: given, year: first }: InputFlags,
  zone: string | undefined,
  found: FormatName,
): FormatOption | undefined {
  const wanted = {
    ...(given && { fields: given }),
    ...(zone !== undefined && { timeZone: zone }),
    ...(first !== undefined && { year: first }),
  };
  if (Object.keys(wanted).length === 0) return format;
  const named = format ?? 'auto';
  const name = given && named === 'auto' && !takes('auto', 'fields') ? found : named;
  for (const [option, flag] of [
    ['fields', '--fields'],
    ['year', '--year'],
  ] as const) {
    if (option in wanted && !takes(name, option))
      throw new CaducusError('CAD002', { path: flag }, `${name} takes none`, {
        hint: `Formats that do: ${formatNames.filter((one) => takes(one, option)).join(', ')}`,
      });
  }
  const options = Object.fromEntries(Object.entries(wanted).filter(([option]) => takes(name, option)));
  return Object.keys(options).length === 0 ? name : ({ [name]: options } as FormatOption);
}

const takes = (name: FormatName, option: string): boolean => Object.hasOwn(findShape(formats[name].options) ?? {}, option);
