import type { Finding } from '../../signal.ts';
import { writeTitle } from '../../views/message/message.ts';
import { messageText } from '../../views/message/messageText.ts';
import type { MakeMessage } from './message.ts';
import { type HttpCall, plainVerdict, readState, type Receiver } from './receiver.ts';
import { wholeJson } from './wholeJson.ts';

/** A longer message becomes an attachment, bytes; buttons of a notification. */
const limits = { message: 4096, title: 250, label: 40, href: 1500, actions: 3 };

export interface NtfyOptions {
  /** Address of the server. */
  url?: string | undefined;
  topic: string;
  token: string | null;
  message: MakeMessage;
}

/**
 * ntfy: a notification for each change of state, at once and loud for what is critical. Source: docs.ntfy.sh/publish, "Publish as JSON".
 */
export function ntfy({ url = 'https://ntfy.sh', topic, token, message }: NtfyOptions): Receiver<HttpCall> {
  return {
    content: readState,
    minor: () => false,
    call(finding, last) {
      const made = message(finding, last);
      const [home, ...others] = made.links.filter(({ href }) => href.length <= limits.href);
      const [, ...text] = messageText({ ...made, links: [] });
      const body = {
        topic,
        title: cutTo(writeTitle(made), limits.title),
        message: cutTo([...(made.end === null ? [] : [made.end]), ...text].join('\n'), limits.message),
        priority: readPriority(finding),
        tags: [readTag(finding)],
        ...(home && { click: home.href }),
        ...(others.length > 0 && {
          actions: others
            .slice(0, limits.actions)
            .map(({ name, href }) => ({ action: 'view', label: cutTo(name, limits.label), url: href })),
        }),
      };
      const headers = { 'content-type': 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) };
      return { method: 'POST', url, headers, body: wholeJson(body) };
    },
    verdict: plainVerdict,
  };
}

/** From 1 to 5: 5 rings until somebody looks, 3 is usual, 2 makes no sound. */
function readPriority({ state, severity }: Finding): number {
  if (state === 'acked' || state === 'resolved') return 2;
  return { critical: 5, warning: 4, info: 3 }[severity];
}

/** Names of emoji that a client shows. */
function readTag({ state, severity }: Finding): string {
  if (state === 'resolved') return 'white_check_mark';
  if (state === 'acked') return 'eyes';
  return severity === 'critical' ? 'rotating_light' : 'warning';
}

/** Within so many bytes of UTF-8; never half of a character. */
function cutTo(text: string, bytes: number): string {
  const whole = Buffer.from(text);
  if (whole.length <= bytes) return text;
  let end = bytes - 3;
  while (end > 0 && (whole[end]! & 0xc0) === 0x80) end -= 1;
  return `${whole.toString('utf8', 0, end)}…`;
}
