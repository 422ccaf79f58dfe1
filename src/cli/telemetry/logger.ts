import type { Io } from '../../io.ts';
import { maskSecrets } from '../../redact/maskSecrets.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];
type LineLevel = Exclude<LogLevel, 'silent'>;

/** What goes with a message: plain values only. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;
export type Logger = Record<LineLevel, (message: string, fields?: LogFields) => void> & {
  /** Resolves when everything has been written. */
  flush(): Promise<void>;
};

const masked = (text: string) => maskSecrets(text, () => {});

/**
 * A structured log on stderr, a line of JSON each: what the process does, never the data it works on. Secrets that an error
 * message may quote are masked. The library is loaded with the first line that is written.
 */
export function openLogger(io: Io, level: LogLevel, base: LogFields = {}): Logger {
  const least = logLevels.indexOf(level);
  let writing: Promise<unknown> = Promise.resolve();
  const library = once(async () => {
    const { pino } = await import('pino');
    // Time comes from the io, as everywhere.
    const timestamp = () => `,"time":"${new Date(io.now()).toISOString()}"`;
    const lines: string[] = [];
    const log = pino(
      { level: 'trace', base, timestamp, formatters: { level: (label) => ({ level: label }) } },
      { write: (line: string) => void lines.push(line) },
    );
    return { log, lines };
  });
  const write = async (at: LineLevel, message: string, fields: LogFields) => {
    const { log, lines } = await library();
    const safe = Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? masked(value) : value]);
    log[at](Object.fromEntries(safe) as LogFields, masked(message));
    await io.stderr.write(lines.splice(0).join(''));
  };
  const writeAt =
    (at: LineLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (logLevels.indexOf(at) >= least) writing = writing.then(() => write(at, message, fields));
    };
  return {
    trace: writeAt('trace'),
    debug: writeAt('debug'),
    info: writeAt('info'),
    warn: writeAt('warn'),
    error: writeAt('error'),
    flush: async () => void (await writing),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
