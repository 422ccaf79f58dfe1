import type { Json, JsonObject } from '../../event.ts';
import type { Finding } from '../../signal.ts';
import type { MakeMessage } from './message.ts';
import { type HttpCall, plainVerdict, readState, type Delivered, type Receiver, type Reply, type Verdict } from './receiver.ts';
import { slackBlocks, slackPlain } from './slackBlocks.ts';
import { findReply, readPosted, nextPosted, type Posted } from './slackThread.ts';
import { wholeJson } from './wholeJson.ts';

export interface SlackOptions {
  message: MakeMessage;
  /** Whether it has buttons that answer. */
  buttons: boolean;
}

const write = (finding: Finding, last: Delivered | null, { message, buttons }: SlackOptions): JsonObject => {
  const made = message(finding, last);
  return { text: slackPlain(made), blocks: slackBlocks(made, { id: finding.id, buttons }) };
};

/** An incoming webhook: cannot update, so it is sent changes of state only. */
export function slackWebhook(url: string, options: SlackOptions): Receiver<HttpCall> {
  return {
    content: readState,
    minor: () => false,
    call: (finding, last) => post(url, {}, write(finding, last, options)),
    verdict: plainVerdict,
  };
}

/**
 * A bot: posts once, and updates its message; what a person must not miss is a reply in its thread as well: that it has
 * become graver (shown in the channel too), that it has doubled, that it is over.
 */
export function slackBot({
  token,
  channel,
  url = 'https://slack.com/api',
  ...options
}: SlackOptions & {
  token: string;
  channel: string;
  url?: string | undefined;
}): Receiver<HttpCall> {
  const headers = { authorization: `Bearer ${token}` };
  const postMessage = (body: JsonObject) => post(`${url}/chat.postMessage`, headers, { unfurl_links: false, unfurl_media: false, ...body });
  return {
    content: (finding) => JSON.stringify(write(finding, null, options)),
    minor: (finding, last) => last.state === readState(finding) && findReply(finding, readPosted(last.ref)) === null,
    call(finding, last) {
      const posted = last ? readPosted(last.ref) : null;
      const reply = posted && findReply(finding, posted);
      if (reply) {
        const text = slackPlain({ ...options.message(finding, last), ...reply.text });
        return postMessage({ channel: posted.channel, thread_ts: posted.ts, text, ...(reply.broadcast && { reply_broadcast: true }) });
      }
      const body = {
        channel: posted?.channel ?? channel,
        ...write(finding, last, options),
        metadata: { event_type: 'caducus_finding', event_payload: { id: finding.id, state: readState(finding) } },
      };
      return posted ? post(`${url}/chat.update`, headers, { ...body, ts: posted.ts }) : postMessage(body);
    },
    verdict: botVerdict,
    keep: (finding, last, answer) => keepPosted(finding, last && readPosted(last.ref), answer),
    // A reply is followed by the update of what it is a reply to.
    isPart: (finding, last) => last !== null && findReply(finding, readPosted(last.ref)) !== null,
  };
}

/** The message keeps its place; what has been posted in its thread is not posted again. */
function keepPosted(finding: Finding, before: Posted | null, answer: Json): Json {
  const now = nextPosted(finding, before);
  if (before) return { channel: before.channel, ts: before.ts, ...now };
  return { ...(answer as JsonObject | null), ...now };
}

const post = (url: string, headers: Record<string, string>, body: JsonObject) => ({
  method: 'POST' as const,
  url,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: wholeJson(body),
});

/** Errors that sending the same message again cannot mend. Source: Slack API, chat.postMessage and chat.update. */
const hopeless = new Set([
  'msg_too_long',
  'no_text',
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'metadata_too_large',
  'invalid_metadata_format',
  'invalid_arguments',
  'as_user_not_supported',
]);
/** The message to update is gone: a new one is posted. */
const gone = new Set(['message_not_found', 'thread_not_found']);
/** It is too old to be edited: what had to be posted is in its thread. */
const frozen = new Set(['edit_window_closed', 'cant_update_message']);

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
  if (frozen.has(error)) return { ok: true, ref: null };
  return { ok: false, retry: !hopeless.has(error), why: error, fresh: gone.has(error) };
}
