/** A name's place in the list and where it ends in the text. */
export interface NameAt {
  index: number;
  end: number;
}

/** Months as they are written in German, French, Spanish, Italian, Portuguese, Dutch and the Nordic languages, where not as in English. */
const names = [
  'januar jänner janvier janv enero ene gennaio gen janeiro januari',
  'februar feber februari février févr fév febrero febbraio fevereiro fev',
  'märz mär mrz maerz maart mrt mars marzo março marts',
  'avril avr abril abr aprile',
  'mai maj mei mayo maggio mag maio',
  'juni juin junio giugno giu junho',
  'juli juillet juil julio luglio lug julho',
  'août aout agosto ago augustus augusti',
  'septembre septiembre setiembre settembre setembro set',
  'oktober okt octobre octubre ottobre ott outubro out',
  'novembre noviembre novembro',
  'dezember dez décembre déc diciembre dic dicembre dezembro desember des',
];

const byName = new Map(names.flatMap((list, index) => list.split(' ').map((name): [string, number] => [name, index])));
/** The letters that names begin with, as codes: most words begin with another. */
const firsts = new Uint8Array(128);
for (const name of byName.keys()) firsts[name.charCodeAt(0)] = 1;
const longest = Math.max(...[...byName.keys()].map((name) => name.length));

/** ASCII letters, and those of Latin-1 that are not the two signs among them. */
const isLetter = (code: number) =>
  (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || (code >= 192 && code <= 255 && code !== 215 && code !== 247);

/** The month that is named at `at`, if a blank, dash or slash and a digit follow. */
export function foreignMonthAt(text: string, at: number): NameAt | null {
  if (firsts[text.charCodeAt(at) | 32] !== 1) return null;
  let end = at;
  while (end - at <= longest && isLetter(text.charCodeAt(end))) end += 1;
  if (end - at < 3 || end - at > longest) return null;
  // A date goes on with a sign and a digit: most words do not, and need no look-up.
  let next = text.charCodeAt(end) === 46 ? end + 1 : end;
  const pointed = next;
  while (next - pointed < 2 && ' -/'.includes(text[next] ?? 'x')) next += 1;
  const digit = text.charCodeAt(next);
  if (next === pointed || digit < 48 || digit > 57) return null;
  const index = byName.get(text.slice(at, end).toLowerCase());
  return index === undefined ? null : { index, end: pointed };
}
