import { CaducusError } from '../../errors.ts';
import type { Event, Json } from '../../event.ts';
import { compileField } from '../../kernel/template/compileTemplate.ts';
import { didYouMean } from '../../base/text/didYouMean.ts';

/** Fields that are named. */
const most = 40;

/**
 * Throws CAD002 where no record has what `--by` asks for, with the fields there are.
 * @param by a field, or a template with fields in braces
 * @param events records of the input; none says nothing
 */
export function checkGroupField(by: string, events: readonly Event[]): void {
  if (events.length === 0) return;
  const readKey = compile(by);
  const keys = events.map(readKey);
  if (keys.some((key) => typeof key === 'string')) return;
  const [first] = keys;
  const missing = typeof first === 'object' ? first.missing : by;
  const known = fieldsIn(events);
  const meant = didYouMean(missing, known);
  throw new CaducusError('CAD002', { path: '--by' }, `no record has a field "${missing}"`, {
    hint: `${meant === null ? '' : `${meant}  `}fields: ${known.slice(0, most).join(', ')}${known.length > most ? `, and ${known.length - most} more` : ''}`,
  });
}

function compile(by: string): ReturnType<typeof compileField> {
  try {
    return compileField(by);
  } catch (cause) {
    throw new CaducusError('CAD002', { path: '--by' }, cause instanceof Error ? cause.message : String(cause), {
      cause,
      hint: 'Give a field, or a template such as {service}-{metadata.region}.',
    });
  }
}

/** Every field a group can be made from, by the path it is asked for with. */
function fieldsIn(events: readonly Event[]): string[] {
  const found = new Set(['group_id', 'source']);
  const visit = (value: Json, path: string, depth: number): void => {
    if (value === null || Array.isArray(value)) return;
    if (typeof value !== 'object') found.add(path);
    else if (depth < 4) for (const [key, inner] of Object.entries(value)) visit(inner, path === '' ? key : `${path}.${key}`, depth + 1);
  };
  for (const { metadata } of events) visit(metadata, '', 0);
  return [...found];
}
