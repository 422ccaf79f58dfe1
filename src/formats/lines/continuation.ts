/** What the lines joined so far lead one to expect. */
export type Expecting = 'nothing' | 'python' | 'goroutine';

const exception = /^[A-Za-z_$][\w$]*(?:[.:][\w$:]+)*(?:Exception|Error|Throwable|Failure)(?::|$|\s*\()/;
const starts = [
  'Caused by:',
  'Suppressed:',
  'Traceback (most recent call last)',
  'During handling of the above',
  'The above exception was',
  'goroutine ',
];

const isBlank = (code: number) => code === 32 || code === 9;

/** `}`, `)`, `];`: the end of something that was printed over several lines. */
const isCloser = (text: string) => text.length <= 3 && /^[\])}][\])},;]*$/.test(text);

/**
 * Whether a line without a header goes on with the record before it: it is indented, or a stack trace of Java, Python, Go or
 * JavaScript needs it. `indented`: the record's own first line was, so that indentation says nothing.
 */
export function continues(text: string, expecting: Expecting, indented: boolean): boolean {
  if (expecting === 'goroutine') return true;
  if (isBlank(text.charCodeAt(0))) return !indented;
  if (expecting === 'python') return true;
  const first = text.charCodeAt(0);
  // Most lines end here: none of the openings begins with their letter.
  if (first === 46) return /^\.\.\. \d+ (?:more|common frames)/.test(text);
  if (first === 97) return text.startsWith('at ') && text.endsWith(')');
  if (first === 125 || first === 93 || first === 41) return isCloser(text);
  return starts.some((start) => text.startsWith(start)) || (text.length < 4096 && exception.test(text));
}

/** What to expect behind this line of a record. */
export function expectingAfter(text: string, before: Expecting): Expecting {
  if (text.startsWith('Traceback (most recent call last)')) return 'python';
  if (text.startsWith('goroutine ')) return 'goroutine';
  // Python's frames are indented; the first line that is not names the exception.
  return before === 'python' && !isBlank(text.charCodeAt(0)) ? 'nothing' : before;
}
