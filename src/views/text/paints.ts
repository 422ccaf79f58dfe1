import type { Paint, Piece } from './line.ts';

/** The colour of each word that has one: they repeat the word, so nothing is lost without them. */
const colours: ReadonlyMap<string, Paint> = new Map<string, Paint>([
  ['FATAL', 'red'],
  ['ERROR', 'red'],
  ['WARN', 'yellow'],
  ['new', 'magenta'],
  ['returning', 'magenta'],
  ['rising', 'yellow'],
  ['falling', 'dim'],
  ['gone', 'cyan'],
  ['steady', 'dim'],
  ['no data', 'cyan'],
  ['firing', 'red'],
  ['pending', 'yellow'],
  ['acked', 'yellow'],
  ['resolved', 'green'],
  ['critical', 'red'],
  ['warning', 'yellow'],
]);

/** A word in the colour that repeats it. */
export const word = (text: string): Piece => ({ text, paint: colours.get(text) });

/** The word in capitals that opens a page. */
export const title = (text: string): Piece => ({ text, paint: 'bold' });

/** The short id of something that commands take. */
export const idPiece = (text: string): Piece => ({ text, paint: 'cyan' });
