import { recordText } from '../../base/recordText.ts';
import { fieldAt } from '../../../config/scalars.ts';
import type { Json, JsonObject } from '../../event.ts';
import { messageText } from '../../views/message/messageText.ts';
import { isLate, type MakeMessage } from './message.ts';
import { type HttpCall, plainVerdict, readState, type Receiver } from './receiver.ts';

export interface JsonReceiverOptions {
  url: string;
  headers: Readonly<Record<string, string>>;
  /** The body, with `{field}`s in its strings; the whole finding with its text when left out. */
  template?: Json | undefined;
  message: MakeMessage;
}

/** Any receiver of JSON: sent changes of state, with the finding's id to know them by. */
export function jsonReceiver({ url, headers, template, message }: JsonReceiverOptions): Receiver<HttpCall> {
  return {
    content: readState,
    minor: () => false,
    call(finding, last) {
      const made = message(finding, last);
      const links = Object.fromEntries(made.links.map(({ name, href }) => [name, href]));
      const fields = {
        ...finding,
        text: messageText(made).join('\n'),
        ...(made.links.length > 0 && { links }),
        ...(isLate(finding, last) && { late: true }),
      };
      // The key lets a receiver know a message that was sent twice.
      const all = {
        'content-type': 'application/json',
        'idempotency-key': `${finding.id}-${finding.state}-${finding.severity}`,
        ...headers,
      };
      return {
        method: 'POST',
        url,
        headers: all,
        body: template === undefined ? recordText(fields) : JSON.stringify(fill(template, fields)),
      };
    },
    verdict: plainVerdict,
  };
}

/** A string that is one field alone becomes the field's value, of whatever kind; in others fields are filled in as text. */
export function fill(template: Json, fields: object): Json {
  if (typeof template === 'string') {
    const whole = /^\{([\w.]+)\}$/.exec(template);
    if (whole) return (fieldAt(fields, whole[1]!) as Json | undefined) ?? null;
    return template.replace(/\{([\w.]+)\}/g, (_, path: string) => {
      const value = fieldAt(fields, path);
      return typeof value === 'string' ? value : value === undefined ? '-' : JSON.stringify(value);
    });
  }
  if (Array.isArray(template)) return template.map((item) => fill(item, fields));
  if (template === null || typeof template !== 'object') return template;
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, fill(value, fields)])) as JsonObject;
}
