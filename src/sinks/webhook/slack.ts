import type { Json, JsonObject } from '../../event.ts';
import type { Finding } from '../../signal.ts';
import { writeMessage } from './message.ts';
import { plainVerdict, readState, type Delivered, type Receiver, type Reply, type Verdict } from './receiver.ts';

/** Slack reads these three as markup; everything in a log line is only text. */
export const slackText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const writeText = (finding: Finding, last: Delivered | null) => slackText(writeMessage(finding, last));

/** An incoming webhook: cannot update, so it is told of changes of state only. */
export function slackWebhook(url: string): Receiver {
  return {
    said: readState,
    minor: () => false,
    call: (finding, last) => post(url, {}, { text: writeText(finding, last) }),
    verdict: plainVerdict,
  };
}

/** A bot: posts once, and updates its message. */
export function slackBot({
  token,
  channel,
  url = 'https://slack.com/api',
}: {
  token: string;
  channel: string;
  url?: string | undefined;
}): Receiver {
  const headers = { authorization: `Bearer ${token}` };
  return {
    said: (finding) => writeText(finding, null),
    minor: (finding, last) => last.state === readState(finding),
    call(finding, last) {
      const ref = last ? makeReference(last.ref) : null;
      const body = {
        channel: ref?.channel ?? channel,
        text: writeText(finding, last),
        metadata: { event_type: 'caducus_finding', event_payload: { id: finding.id, state: readState(finding) } },
      };
      return ref
        ? post(`${url}/chat.update`, headers, { ...body, ts: ref.ts })
        : post(`${url}/chat.postMessage`, headers, { ...body, unfurl_links: false });
    },
    verdict: botVerdict,
  };
}

const post = (url: string, headers: Record<string, string>, body: JsonObject) => ({
  method: 'POST' as const,
  url,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
});

/** Errors that sending the same message again cannot mend. Source: Slack API, chat.postMessage and chat.update. */
const hopeless = new Set([
  'msg_too_long',
  'no_text',
  'invalid_blocks',
  'metadata_too_large',
  'invalid_metadata_format',
  'invalid_arguments',
  'as_user_not_supported',
]);
/** The message to update is gone, or too old to be edited: a new one is posted. */
const gone = new Set(['message_not_found', 'edit_window_closed', 'cant_update_message']);

/** Slack answers 200 also when it refuses. */
function botVerdict(reply: Reply): Verdict {
  const plain = plainVerdict(reply);
  if (!plain.ok) return plain;
  let answer: Json;
  try {
    answer = JSON.parse(reply.text) as Json;
  } catch {
    return { ok: false, retry: true, why: 'the answer is not JSON' };
  }
  if (answer === null || typeof answer !== 'object' || Array.isArray(answer))
    return { ok: false, retry: true, why: 'the answer is not an object' };
  if (answer.ok === true) return { ok: true, ref: { channel: answer.channel ?? null, ts: answer.ts ?? null } };
  const error = String(answer.error);
  return { ok: false, retry: !hopeless.has(error), why: error, fresh: gone.has(error) };
}

function makeReference(ref: Json): { channel: string; ts: string } | null {
  if (ref === null || typeof ref !== 'object' || Array.isArray(ref)) return null;
  const { channel, ts } = ref;
  return typeof channel === 'string' && typeof ts === 'string' ? { channel, ts } : null;
}
