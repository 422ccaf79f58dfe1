import { basename } from 'node:path';

const compressed = /\.(?:gz|gzip)$/;
/** What rotation puts between the parts of a name, or at its end: numbers, dates, words for what is over. */
const added = /^(?:[-._]?(?:[\d:T_.-]*\d[\d:T_.-]*|old|bak|prev|previous))+$/i;

/**
 * Whether rotation may have given a log that name, its folder aside: `app-2024-05-01.log.gz`, `app.1.log` and `app.log.bak`
 * of `app.log`. Another log may have it as well, so that only what is in the file can tell.
 */
export function mayBeRotated(path: string, log: string): boolean {
  const name = basename(path).replace(compressed, '');
  const whole = basename(log);
  if (name === whole) return true;
  const dot = whole.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [whole.slice(0, dot), whole.slice(dot)] : [whole, ''];
  if (name.startsWith(whole)) return added.test(name.slice(whole.length));
  if (!name.startsWith(stem)) return false;
  const rest = name.slice(stem.length);
  return added.test(extension !== '' && rest.endsWith(extension) ? rest.slice(0, -extension.length) : rest);
}

/** A path with its numbers left out: generations that one rotation named look alike. */
export const nameShape = (path: string): string => path.replace(compressed, '').replaceAll(/\d+/g, '#');
