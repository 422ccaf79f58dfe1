import { writeTitle, type Message } from './message.ts';

/** A message as plain text: what it is about, what is known of it, two lines of it, whose it is, where to look. */
export function messageText(message: Message): string[] {
  const { end, facts, lines, notes, links, id } = message;
  return [
    writeTitle(message) + (end === null ? '' : `.  ${end}`),
    ...facts,
    ...lines.map(({ at, text }) => `  ${at}  ${text}`),
    [...notes, id].join('  '),
    ...links.map(({ name, href }) => `${name}: ${href}`),
  ];
}
