import pc from 'picocolors';
import { catalogue, CaducusError, CaducusErrors, type Where } from '../../errors.ts';
import { ioFailure } from '../../run/ioFailure.ts';
import { safeText } from './safeText.ts';

export interface ErrorStyle {
  color: boolean;
  /** Shows where in the code it happened, for CADUCUS_LOG_LEVEL=debug. */
  stack?: boolean;
}

/** What a person reads when something is wrong: where, what, the line itself, and what to do next. */
export function showError(thrown: unknown, { color, stack = false }: ErrorStyle): { text: string; exit: number } {
  const error = nameFailure(thrown);
  const c = pc.createColors(color);
  if (error instanceof CaducusErrors) {
    const file = error.errors[0]?.where.file;
    const count = `${error.errors.length} ${error.errors.length === 1 ? 'error' : 'errors'}`;
    const last = `${count}${file ? ` in ${safeText(file)}` : ''}.  Nothing was started.  Exit ${error.exit}.`;
    return { text: [...error.errors.map((e) => one(e, c)), last, ''].join('\n'), exit: error.exit };
  }
  if (error instanceof CaducusError) {
    const cause = stack && error.cause instanceof Error ? `\n${safeText(error.cause.stack ?? '')}` : '';
    return { text: `${one(error, c)}${cause}`, exit: error.exit };
  }
  const what = safeText(error instanceof Error ? error.message : String(error));
  const trace = stack && error instanceof Error ? `\n${safeText(error.stack ?? '')}` : '';
  return { text: `${c.red('error')} CAD001  ${what}\n  ${catalogue.CAD001.hint}${trace}\n`, exit: catalogue.CAD001.exit };
}

/** A failure of the disk is no bug, wherever it came through: the one behind an unexpected failure is shown instead of it. */
function nameFailure(thrown: unknown): unknown {
  for (let at = thrown, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (at instanceof CaducusErrors || (at instanceof CaducusError && at.code !== 'CAD001')) return depth === 0 ? thrown : at;
    const named = ioFailure(at, {});
    if (named !== at) return named;
  }
  return thrown;
}

/** The line as it may be shown, and where the carets stand under it: what is masked or written out shifts them. */
function cutExcerpt({ excerpt, column = 1 }: Where): { text: string; before: number; length: number } {
  const { text, length } = excerpt!;
  const shown = safeText(text);
  const before = Math.min(safeText(text.slice(0, column - 1)).length, shown.length);
  const marked = shown === text ? length : safeText(text.slice(column - 1, column - 1 + length)).length;
  return { text: shown, before, length: Math.max(1, Math.min(marked, shown.length - before)) };
}

function one(error: CaducusError, c: ReturnType<typeof pc.createColors>): string {
  const { where, code } = error;
  // Messages quote files, arguments and what other programs say.
  const what = safeText(error.what);
  const hint = safeText(error.hint);
  const place = where.file ? `${safeText(where.file)}${where.line === undefined ? '' : `:${where.line}:${where.column ?? 1}`}  ` : '';
  const lines = [`${place}${c.red('error')} ${code}  ${where.path ? `${safeText(where.path)}: ` : ''}${what}`];
  const [first = '', ...more] = hint.split('\n');
  if (where.excerpt && where.line !== undefined) {
    const number = String(where.line).padStart(4);
    const gutter = ' '.repeat(4);
    const { text, before, length } = cutExcerpt(where);
    lines.push(`${number} | ${text}`);
    lines.push(`${gutter} | ${' '.repeat(before)}${c.red('^'.repeat(length))} ${first}`);
    for (const line of more) lines.push(`${gutter} | ${line}`);
  } else {
    for (const line of [first, ...more]) lines.push(`  ${line}`);
  }
  return `${lines.join('\n')}\n`;
}
