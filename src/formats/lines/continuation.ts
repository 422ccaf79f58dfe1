import { skipBlanks } from '../header/words.ts';

/** What the lines joined so far lead one to expect. */
export type Expecting = 'nothing' | 'python' | 'trace' | 'comment' | 'fields';

const exception = /^[A-Za-z_$][\w$]*(?:[.:\\][\w$:\\]+)*(?:Exception|Error|Throwable|Failure|Warning)(?::|$|\s*\()/;
const starts = [
  'Caused by:',
  'Suppressed:',
  'Traceback (most recent call last)',
  'During handling of the above',
  'The above exception was',
  'goroutine ',
  'created by ',
  'Stack trace:',
  'stack traceback:',
  '--- End of',
  'Node.js v',
  'EXPLANATION:',
  'ACTION:',
];
/** `#0 /srv/app.php(40): App->sum()`, `[stacktrace]`, `** (RuntimeError) ...`, `/app/x.rb:3:in \`f'`. */
const frames = /^(?:#\d+ +(?:\/|\{main\}|\[internal|0x|\S+(?:->|::|\())|\[(?:stacktrace|previous exception)\]|\*\* \(|\S+\.rb:\d+:in )/;
/** A function of Go, by itself: `net/http.(*conn).serve.func1()`, `example.org/x/internal.NewSender.func1`. */
const goFunction =
  /^(?:main|runtime)\.\w+$|^[\w.-]+(?:\/[\w.-]+)+\.\w+$|^[\w$@~.-]+(?:\/[\w$@~.-]+)*\.(?:func\d+|\(\*?[\w[\].]+\)\.\w+|[A-Z]\w*)(?:\.func\d+)*(?:\([^ ]*\))?$/;
/** `PID     : 4711`, as some databases and mainframes write the rest of a record. */
const paddedKey = /^[A-Z][A-Z0-9_]{1,15} +: /;
export const isPaddedKey = (text: string): boolean => paddedKey.test(text);
/** The same where the longest of them is not padded. */
const fieldKey = /^[A-Z][A-Z0-9_#]{1,15}(?: [A-Z#\d]+)? *:(?: |$)/;

/** First characters of the openings and frames. */
const firsts = new Set([...starts.map((start) => start.charCodeAt(0)), 35, 91, 42, 47]);
const wrong = /Exception|Error|Throwable|Failure|Warning|\.rb:/;

const isBlank = (code: number) => code === 32 || code === 9;

/** `}`, `)`, `];`, `"}`: the end of something that was printed over several lines. */
const isCloser = (text: string) => text.length <= 6 && /^"?[\])}][\])},;"]* *$/.test(text);

/** The record that a line may go on with. */
export interface Before {
  expecting: Expecting;
  /** Blanks in front of its own first line: indentation says nothing then, unless it is deeper by two at least below a stamp. */
  indent: number;
  /** It had a stamp. */
  stamped: boolean;
  /** It is a header without a message, as yet. */
  empty: boolean;
}

/**
 * Whether a line without a header goes on with the record before it: it is indented, or a stack trace of Java, Python, Go, .NET,
 * PHP, Ruby or JavaScript needs it, or that record still lacks its message.
 */
export function continues(text: string, { expecting, indent, stamped, empty }: Before): boolean {
  if (expecting === 'trace' || empty) return true;
  const first = text.charCodeAt(0);
  if (isBlank(first)) return indent === 0 || (stamped && skipBlanks(text, 0) >= indent + 2);
  if (expecting === 'python') return true;
  // Comments in front of a statement (slow queries): the next comment behind a statement begins another record.
  if (expecting === 'comment') return true;
  if (expecting === 'fields' && fieldKey.test(text)) return true;
  // Most lines end here: none of the openings begins with their letter.
  if (first === 46) return /^\.\.\. \d+ (?:more|common frames)/.test(text);
  if (first === 125 || first === 93 || first === 41 || first === 34) return isCloser(text);
  if (first === 60) return stamped && /^<[?!/A-Za-z]/.test(text);
  if (first === 97 && text.startsWith('at ') && text.endsWith(')')) return true;
  // And most of the rest: they begin with none of the letters, and name nothing that goes wrong.
  if (text.length >= 4096) return false;
  if (!stamped && !firsts.has(first) && !wrong.test(text)) return false;
  if (starts.some((start) => text.startsWith(start)) || frames.test(text) || exception.test(text)) return true;
  return stamped && (paddedKey.test(text) || (!text.includes(' ') && goFunction.test(text)) || panicCall.test(text));
}

/** `panic({0x1234, 0xc000})` */
const panicCall = /^panic\([{0]/;
const panics = /^(?:panic: |fatal error: |thread '.*' \(?.*panicked at )/;
const comment = /^# [A-Z][\w@ ]*: /;

/** First letters of `Traceback`, `goroutine`, `panic`, `fatal error`, `thread` and `# `. */
const opening = new Set([...'Tgpft#'].map((sign) => sign.charCodeAt(0)));

/** What to expect behind this line of a record. */
export function expectingAfter(text: string, before: Expecting): Expecting {
  if (before === 'trace') return 'trace';
  // Most lines end here: they begin with none of the letters of the openings.
  if (before === 'nothing' && !opening.has(text.charCodeAt(0))) return 'nothing';
  if (text.startsWith('Traceback (most recent call last)')) return 'python';
  if (text.startsWith('goroutine ') || panics.test(text)) return 'trace';
  if (comment.test(text)) return 'comment';
  // Python's frames are indented; the first line that is not names the exception.
  return before === 'python' && !isBlank(text.charCodeAt(0)) ? 'nothing' : before;
}

/** Whether a line begins another record of commented statements, behind one that has its statement. */
export const opensComment = (text: string, last: string): boolean => comment.test(text) && !last.startsWith('#');

/** The level of a record that says none, by what its lines are: a panic, or a trace of an exception. */
export function traceLevel(text: string): 'FATAL' | 'ERROR' | null {
  // Most records end here: one line that begins as none of these does.
  if (!text.includes('\n') && !/^[TptfEUC]/.test(text)) return null;
  if (panics.test(text) || (text.includes('\n') && /\bpanic\b.*\n(?:.*\n)*?goroutine \d+ \[/.test(text.slice(0, 4096)))) return 'FATAL';
  return /^(?:Traceback \(most recent|Exception in thread|Unhandled exception|Uncaught |Caused by:)/m.test(text) ||
    /^(?:[ \t]+at \S.*[):]\d*|\tat )/m.test(text)
    ? 'ERROR'
    : null;
}
