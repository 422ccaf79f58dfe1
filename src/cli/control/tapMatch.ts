import { fieldReader } from '../../../config/scalars.ts';
import { compileMatcher, isSlashed } from '../../base/pattern.ts';
import { CaducusError } from '../../errors.ts';
import type { Flow } from '../../kernel/defineOperator.ts';
import { payload } from '../../kernel/payload.ts';

export type SignalMatch = (signal: Flow) => boolean;

/** `level=ERROR`, `metadata.pod=/^web-/`: a field of what flows, and what it is or what it is like. */
const ofField = /^([A-Za-z_][\w.-]*)=(.*)$/s;

/** What a signal is about, or itself where it holds nothing of its own. */
const readBody = (signal: Flow): unknown => payload(signal) ?? signal;

/** The words of a signal that a person reads. */
function readText(signal: Flow): string {
  const { text, label, title, reason } = readBody(signal) as Record<string, unknown>;
  return String(text ?? label ?? title ?? reason ?? '');
}

/**
 * What has to be true of a signal, all of it: `FIELD=VALUE` or `FIELD=/PATTERN/` of its event, blip, finding or other body
 * (`kind` is that of the signal, `level` also that of an event's metadata); anything else stands in its text, in any case,
 * or matches it as `/PATTERN/`. Patterns are RE2. Throws CAD002 for one that is none.
 */
export function tapMatch(written: readonly string[]): SignalMatch {
  const all = written.map(compileOne);
  return (signal) => all.every((one) => one(signal));
}

function compileOne(written: string): SignalMatch {
  try {
    const [, path, value] = ofField.exec(written) ?? [];
    if (path === undefined || value === undefined) {
      if (isSlashed(written)) {
        const matches = compileMatcher(written);
        return (signal) => matches(readText(signal));
      }
      const wanted = written.toLowerCase();
      return (signal) => readText(signal).toLowerCase().includes(wanted);
    }
    const read = path === 'kind' ? (signal: Flow) => signal.kind : makeReader(path);
    const matches = isSlashed(value) ? compileMatcher(value) : (text: string) => text === value;
    return (signal) => {
      const found = read(signal);
      return found !== undefined && found !== null && typeof found !== 'object' && matches(String(found as string | number | boolean));
    };
  } catch (error) {
    throw new CaducusError(
      'CAD002',
      { path: '--match' },
      `"${written}" is no pattern: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** A field of the body, or of its metadata where the body has none of that name. */
function makeReader(path: string): (signal: Flow) => unknown {
  const own = fieldReader(path);
  const beside = fieldReader(`metadata.${path}`);
  return (signal) => own(readBody(signal)) ?? beside(readBody(signal));
}
