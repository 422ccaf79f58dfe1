import type { JsonObject } from '../../event.ts';
import type { Finding, Severity } from '../../signal.ts';
import { writeTitle, type Message } from '../../views/message/message.ts';
import { beginning } from '../../base/beginning.ts';
import type { MakeMessage } from './message.ts';
import { type HttpCall, plainVerdict, readState, type Receiver } from './receiver.ts';
import { wholeJson } from './wholeJson.ts';

/** A message to a workflow may have 28 KB: characters of a line of it, of a button and of its address; lines; buttons, of which Teams shows six. */
const limits = { text: 600, label: 60, href: 1500, lines: 12, buttons: 6 };

/** Colours of an Adaptive Card. */
const colours: Record<Severity, string> = { critical: 'attention', warning: 'warning', info: 'accent' };

/**
 * Microsoft Teams, by the webhook of a workflow ("Post to a channel when a webhook request is received"): an Adaptive Card
 * for each change of state. It cannot update a message. Source: Adaptive Cards schema 1.4; Teams, "Create incoming webhooks with Workflows".
 */
export function teams({ url, message }: { url: string; message: MakeMessage }): Receiver<HttpCall> {
  return {
    content: readState,
    minor: () => false,
    call(finding, last) {
      const card = {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: makeCard(finding, message(finding, last)),
      };
      const body = wholeJson({ type: 'message', attachments: [card] });
      return { method: 'POST', url, headers: { 'content-type': 'application/json' }, body };
    },
    verdict: plainVerdict,
  };
}

function makeCard({ state, severity }: Finding, made: Message): JsonObject {
  const { end, facts, lines, notes, links, id } = made;
  const colour = state === 'resolved' ? 'good' : state === 'acked' ? 'default' : colours[severity];
  const known = [...(end === null ? [] : [end]), ...facts];
  const evidence = lines.map(({ at, text }) => `${at}  ${text}`);
  const actions = links
    .filter(({ href }) => href.length <= limits.href)
    .slice(0, limits.buttons)
    .map(({ name, href }) => ({ type: 'Action.OpenUrl', title: cutTo(name, limits.label), url: href }));
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    // What a phone shows before the card is opened.
    fallbackText: cutTo(writeTitle(made)),
    body: [
      block(writeTitle(made), { size: 'medium', weight: 'bolder', color: colour }),
      ...known.slice(0, limits.lines).map((line) => block(line, { spacing: 'none' })),
      ...evidence.map((line) => block(line, { fontType: 'monospace', size: 'small', spacing: 'small' })),
      block([...notes, id].join('  '), { isSubtle: true, size: 'small' }),
    ],
    ...(actions.length === 0 ? {} : { actions }),
  };
}

const block = (text: string, look: JsonObject): JsonObject => ({ type: 'TextBlock', text: plain(cutTo(text)), wrap: true, ...look });

/** A text block reads a part of Markdown: what of it stands in a log line is only text. */
const plain = (text: string): string => text.replace(/[\\`*_[\]#<>~|-]/g, (sign) => `\\${sign}`);

const cutTo = (text: string, length = limits.text): string => (text.length <= length ? text : `${beginning(text, length - 1)}…`);
