/** A name's place in the list and where it ends in the text. */
export interface NameAt {
  index: number;
  end: number;
}

/** Months as they are written in German, French, Spanish, Italian, Portuguese, Dutch, the Nordic languages, Russian, Polish and Turkish, where not as in English. */
const names = [
  'januar jänner janvier janv enero ene gennaio gen janeiro januari янв января sty stycznia oca ocak',
  'februar feber februari février févr fév febrero febbraio fevereiro fev фев февр февраля lut lutego şub şubat',
  'märz mär mrz maerz maart mrt mars marzo março marts мар марта marca',
  'avril avr abril abr aprile апр апреля kwi kwietnia nis nisan',
  'mai maj mei mayo maggio mag maio май мая maja mayıs',
  'juni juin junio giugno giu junho июн июня cze czerwca haz haziran',
  'juli juillet juil julio luglio lug julho июл июля lip lipca tem temmuz',
  'août aout agosto ago augustus augusti авг августа sie sierpnia ağu ağustos',
  'septembre septiembre setiembre settembre setembro set сен сент сентября wrz września eyl eylül',
  'oktober okt octobre octubre ottobre ott outubro out окт октября paź października eki ekim',
  'novembre noviembre novembro ноя нояб ноября listopada kas kasım',
  'dezember dez décembre déc diciembre dic dicembre dezembro desember des дек декабря gru grudnia ara aralık',
];

const byName = new Map(names.flatMap((list, index) => list.split(' ').map((name): [string, number] => [name, index])));
/** The letters that names begin with, as codes: most words begin with another. */
const firsts = new Uint8Array(0x500);
for (const name of byName.keys()) firsts[name.charCodeAt(0)] = firsts[name.toUpperCase().charCodeAt(0)] = 1;
const longest = Math.max(...[...byName.keys()].map((name) => name.length));

/** ASCII letters, and those of Latin and Cyrillic that are not the two signs among them. */
const isLetter = (code: number) =>
  (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || (code >= 192 && code < 0x500 && code !== 215 && code !== 247);

/** The month that is named at `at`, if a blank, dash or slash and a digit follow. */
export function foreignMonthAt(text: string, at: number): NameAt | null {
  if (firsts[text.charCodeAt(at)] !== 1) return null;
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

/** Days of the week, short or long, in the same languages. */
const weekdays = new Set(
  'mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche mié jue vie sáb dom lunes martes miércoles jueves viernes sábado domingo gio sab lunedì martedì mercoledì giovedì venerdì sabato domenica seg ter qua qui sex segunda-feira terça-feira quarta-feira quinta-feira sexta-feira ma wo vr za zo maandag dinsdag woensdag donderdag vrijdag zaterdag zondag пн вт ср чт пт сб вс понедельник вторник среда четверг пятница суббота воскресенье pon wt śr czw pt sob nie'.split(
    ' ',
  ),
);
const longestDay = 14;

/** Index behind the day of the week at `at`, a point or comma and the blank behind it, if a digit follows; -1 when there is none. */
export function behindForeignWeekday(text: string, at: number): number {
  let end = at;
  while (end - at <= longestDay && (isLetter(text.charCodeAt(end)) || text.charCodeAt(end) === 45)) end += 1;
  if (end - at < 2 || end - at > longestDay) return -1;
  let next = end;
  if (text.charCodeAt(next) === 46) next += 1;
  if (text.charCodeAt(next) === 44) next += 1;
  if (text.charCodeAt(next) !== 32) return -1;
  const digit = text.charCodeAt(next + 1);
  return digit >= 48 && digit <= 57 && weekdays.has(text.slice(at, end).toLowerCase()) ? next + 1 : -1;
}
