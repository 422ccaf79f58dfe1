import { anonymize } from './anonymize.ts';
import type { Guess } from '../../results/guess.ts';
import type { Question } from './question.ts';

/** Most that is kept, in characters and in number, whatever comes. */
const longest = { summary: 400, cause: 240, label: 60 } as const;
const mostCauses = 3;
/** An answer that is longer is not looked at. */
const longestAnswer = 65_536;

/** What models think aloud before they answer. */
const thoughts = /<think(?:ing)?>[^]*?<\/think(?:ing)?>/g;
/** What moves a cursor, hides or turns around what is read. */
const harmful = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;
/** Nothing that could be clicked or pasted into a browser comes out of a model. */
const link = /\b[a-z][a-z0-9+.-]*:\/\/\S+/gi;

/** One line of plain words, cut to a length. */
function clean(text: string, most: number): string {
  const line = anonymize(text.replace(/\s+/g, ' ').replace(harmful, '').replace(link, '[link]')).trim();
  const letters = [...line];
  return letters.length > most
    ? `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : line;
}

/**
 * Reads what a model answered to a question: the first JSON object in it, of that only what was asked for, each text cleaned as any
 * log text and cut, patterns by their ids. What has another shape is left out; null where nothing is left.
 */
export function readGuess(content: string, { ask, ids }: Pick<Question, 'ask' | 'ids'>): Guess | null {
  const answer = content.length > longestAnswer ? null : parseObject(content.replace(thoughts, ''));
  if (!answer) return null;
  const guess: Guess = {};
  const summary = ask.includes('summary') ? readText(answer, 'summary', longest.summary) : '';
  if (summary !== '') guess.summary = summary;
  const findId = (name: unknown) => ids[ids.findIndex((_, place) => name === `p${place + 1}`)];
  if (ask.includes('causes')) {
    const causes = listObjects(answer, 'causes').flatMap((one) => {
      const text = readText(one, 'text', longest.cause);
      const named = listItems(one, 'patterns').flatMap((name) => findId(name) ?? []);
      return text === '' ? [] : [{ text, patterns: [...new Set(named)] }];
    });
    if (causes.length > 0) guess.causes = causes.slice(0, mostCauses);
  }
  if (ask.includes('labels')) {
    const labels = new Map(
      listObjects(answer, 'labels').flatMap((one): [string, string][] => {
        const id = findId(own(one, 'name'));
        const text = readText(one, 'text', longest.label);
        return id === undefined || text === '' ? [] : [[id, text]];
      }),
    );
    if (labels.size > 0) guess.labels = [...labels].map(([id, text]) => ({ id, text }));
  }
  return Object.keys(guess).length > 0 ? guess : null;
}

type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value);
const own = (object: Plain, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined);

function parseObject(text: string): Plain | null {
  const [start, end] = [text.indexOf('{'), text.lastIndexOf('}')];
  if (start < 0 || end < start) return null;
  try {
    const value: unknown = JSON.parse(text.slice(start, end + 1));
    return isPlain(value) ? value : null;
  } catch {
    return null;
  }
}

function readText(object: Plain, key: string, most: number): string {
  const value = own(object, key);
  return typeof value === 'string' ? clean(value, most) : '';
}

function listItems(object: Plain, key: string): unknown[] {
  const value = own(object, key);
  return Array.isArray(value) ? value.slice(0, 64) : [];
}

const listObjects = (object: Plain, key: string): Plain[] => listItems(object, key).filter(isPlain);
