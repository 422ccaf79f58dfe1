import type { JsonObject } from '../../event.ts';
import { writeTitle, type Message } from '../../views/message/message.ts';
import { messageText } from '../../views/message/messageText.ts';

/** Slack reads these three as markup; everything in a log line is only text. */
export const slackText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Limits of Block Kit, characters: text of a section and of a notification, label of a button, its address and its value. */
const limits = { section: 3000, text: 3900, label: 75, url: 3000 };
/** Buttons in a row; Slack takes 25. */
const mostButtons = 10;

/** The beginning of a text, escaped, within a limit; never half of an escape. */
function within(text: string, limit: number): string {
  const whole = slackText(text);
  if (whole.length <= limit) return whole;
  return `${whole
    .slice(0, limit - 1)
    .replace(/&[a-z]{0,3}$/, '')
    .replace(/[\ud800-\udbff]$/, '')}…`;
}

const section = (text: string): JsonObject => ({ type: 'section', text: { type: 'mrkdwn', text } });

/** What a person can answer by a button, and what the button says. `value` goes back with the click. */
const answers = [
  { action: 'ack', label: 'Ack 2h' },
  { action: 'silence', label: 'Silence 2h' },
  { action: 'resolve', label: 'Resolve' },
] as const;

/** Ids of the actions that a click on our buttons names. */
export const slackAction = (action: string): string => `caducus_${action}`;

/** The text of a notification, and where blocks cannot be shown. */
export const slackPlain = (message: Message): string => within(messageText(message).join('\n'), limits.text);

/**
 * A message as blocks: title, facts, lines as they are, whose it is, and a button for every address; with `buttons` those
 * that answer, too, whose clicks carry `id`, the whole id of the finding.
 */
export function slackBlocks(message: Message, { id, buttons }: { id: string; buttons: boolean }): JsonObject[] {
  const { end, facts, lines, notes, asks } = message;
  const known = [...(end === null ? [] : [end]), ...facts].join('\n');
  const evidence = lines.map(({ at, text }) => `${at}  ${text}`).join('\n');
  return [
    section(within(`*${bare(writeTitle(message))}*`, limits.section)),
    ...(known === '' ? [] : [section(within(known, limits.section))]),
    // Three backquotes end what is shown as it is.
    ...(evidence === '' ? [] : [section(`\`\`\`${within(evidence.replaceAll('```', "'''"), limits.section - 6)}\`\`\``)]),
    { type: 'context', elements: [{ type: 'mrkdwn', text: within([...notes, message.id].join('  '), limits.section) }] },
    ...actions(message, { id, buttons: buttons && asks }),
  ];
}

/** Stars would end what is bold. */
const bare = (text: string): string => text.replaceAll('*', '∗');

function actions({ links }: Message, { id, buttons }: { id: string; buttons: boolean }): JsonObject[] {
  const places = links
    .filter(({ href }) => href.length <= limits.url)
    .map(({ name, href }, at) => ({ ...button(name), url: href, action_id: slackAction(`link_${at}`) }));
  const clicks = buttons ? answers.map(({ action, label }) => ({ ...button(label), action_id: slackAction(action), value: id })) : [];
  const elements: JsonObject[] = [...clicks, ...places].slice(0, mostButtons);
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

const button = (label: string): JsonObject => ({
  type: 'button',
  text: { type: 'plain_text', text: label.trim().slice(0, limits.label) || 'link' },
});
