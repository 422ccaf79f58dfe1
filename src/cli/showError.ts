import pc from 'picocolors';
import { catalogue, CaducusError, CaducusErrors } from '../errors.ts';

export interface ErrorStyle {
  color: boolean;
  /** Shows where in the code it happened, for CADUCUS_LOG_LEVEL=debug. */
  stack?: boolean;
}

/** What a person reads when something is wrong: where, what, the line itself, and what to do next. */
export function showError(error: unknown, { color, stack = false }: ErrorStyle): { text: string; exit: number } {
  const c = pc.createColors(color);
  if (error instanceof CaducusErrors) {
    const file = error.errors[0]?.where.file;
    const count = `${error.errors.length} ${error.errors.length === 1 ? 'error' : 'errors'}`;
    const last = `${count}${file ? ` in ${file}` : ''}.  Nothing was started.  Exit ${error.exit}.`;
    return { text: [...error.errors.map((e) => one(e, c)), last, ''].join('\n'), exit: error.exit };
  }
  if (error instanceof CaducusError) {
    const cause = stack && error.cause instanceof Error ? `\n${error.cause.stack}` : '';
    return { text: `${one(error, c)}${cause}`, exit: error.exit };
  }
  const what = error instanceof Error ? error.message : String(error);
  const trace = stack && error instanceof Error ? `\n${error.stack}` : '';
  return { text: `${c.red('error')} CAD001  ${what}\n  ${catalogue.CAD001.hint}${trace}\n`, exit: catalogue.CAD001.exit };
}

function one(error: CaducusError, c: ReturnType<typeof pc.createColors>): string {
  const { where, code, what, hint } = error;
  const place = where.file ? `${where.file}${where.line === undefined ? '' : `:${where.line}:${where.column ?? 1}`}  ` : '';
  const lines = [`${place}${c.red('error')} ${code}  ${where.path ? `${where.path}: ` : ''}${what}`];
  const [first = '', ...more] = hint.split('\n');
  if (where.excerpt && where.line !== undefined) {
    const number = String(where.line).padStart(4);
    const gutter = ' '.repeat(4);
    lines.push(`${number} | ${where.excerpt.text}`);
    const carets = '^'.repeat(where.excerpt.length);
    lines.push(`${gutter} | ${' '.repeat((where.column ?? 1) - 1)}${c.red(carets)} ${first}`);
    for (const line of more) lines.push(`${gutter} | ${line}`);
  } else {
    for (const line of [first, ...more]) lines.push(`  ${line}`);
  }
  return `${lines.join('\n')}\n`;
}
