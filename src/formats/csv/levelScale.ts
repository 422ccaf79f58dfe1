/**
 * How numbers in a column of levels are meant: `syslog` counts down from 7 (debug) to 0 (RFC 5424, table 2); `rising` counts up
 * from 0 (verbose) to 4 (critical), as application telemetry does; `tens` from 10 (trace) to 60 (fatal), as loggers of
 * JavaScript and Python do; `words` are no numbers.
 */
export type LevelScale = 'words' | 'syslog' | 'rising' | 'tens';

const names: Readonly<Record<Exclude<LevelScale, 'words'>, readonly string[]>> = {
  syslog: ['emerg', 'alert', 'crit', 'error', 'warning', 'notice', 'info', 'debug'],
  rising: ['DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'],
  tens: ['TRACE', 'TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'],
};

/** The scale that some cells of the column are on: a healthy log is not all alerts, so numbers that stay below 5 rise. */
export function levelScale(cells: readonly string[]): LevelScale {
  const numbers = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (numbers.length === 0 || numbers.some((cell) => !/^\d{1,2}$/.test(cell))) return 'words';
  const values = numbers.map(Number);
  if (values.every((value) => value >= 10)) return 'tens';
  return values.every((value) => value <= 4) && values.some((value) => value < 3) ? 'rising' : 'syslog';
}

/** The level of a cell in words; a number that the scale does not have stays as it is. */
export function readLevel(cell: string, scale: LevelScale): string {
  if (scale === 'words') return cell;
  const value = Number(cell);
  return names[scale][scale === 'tens' ? Math.floor(value / 10) : value] ?? cell;
}
