import { expect } from 'chai';
import type { Json, JsonObject } from '../../../src/event.ts';
import type { Finding } from '../../../src/signal.ts';
import { messageMaker } from '../../../src/sinks/webhook/message.ts';
import { readState, type Delivered } from '../../../src/sinks/webhook/receiver.ts';
import { slackBot } from '../../../src/sinks/webhook/slack.ts';
import { changedFinding } from '../../support/findings.ts';
import { episode } from '../../support/views/viewSamples.ts';

const bot = slackBot({ token: 'xoxb-secret', channel: 'C-ops', message: messageMaker(), buttons: false });
const answer = (body: Json, status = 200) => bot.verdict({ status, redirect: null, retryAfter: null, text: JSON.stringify(body) });

/** Sends the states one after the other as the pump does; each call as its method, thread and whether the channel sees it. */
function calls(...findings: Finding[]): string[] {
  let last: Delivered | null = null;
  const made: string[] = [];
  for (const finding of findings) {
    for (let part = true; part;) {
      const { url, body } = bot.call(finding, last)!;
      const sent = JSON.parse(body) as JsonObject;
      made.push(
        [url.split('/').at(-1), sent['thread_ts'] ?? sent['ts'] ?? '-', sent['reply_broadcast'] === true ? 'broadcast' : '']
          .join(' ')
          .trim(),
      );
      part = bot.isPart!(finding, last);
      const ref = bot.keep!(finding, last, { channel: 'C1', ts: '1.0' });
      last = { content: part ? '' : bot.content(finding), state: readState(finding), at: 0, ref: JSON.parse(JSON.stringify(ref)) as Json };
    }
  }
  return made;
}

describe('a bot in Slack', () => {
  it('posts once; what a person must not miss is a reply, then the message says so too', () => {
    const mild = changedFinding(episode, { severity: 'warning' });
    expect(calls(mild, episode, changedFinding(episode, { state: 'acked' }), changedFinding(episode, { state: 'resolved' }))).to.deep.equal(
      [
        'chat.postMessage -',
        'chat.postMessage 1.0 broadcast',
        'chat.update 1.0',
        'chat.update 1.0',
        'chat.postMessage 1.0',
        'chat.update 1.0',
      ],
    );
  });

  it('can wait with what changes only numbers, not with a reply', () => {
    const [sent] = [bot.keep!(episode, null, { channel: 'C1', ts: '1.0' })];
    const last: Delivered = { content: '', state: readState(episode), at: 0, ref: sent! };
    expect(bot.minor(episode, last)).to.equal(true);
    expect(bot.minor(changedFinding(episode, { result: { ...episode.result, groups: 9 } }), last)).to.equal(false);
  });

  it('leaves a message that is too old to be edited, and posts anew where it is gone', () => {
    expect(answer({ ok: false, error: 'edit_window_closed' })).to.deep.equal({ ok: true, ref: null });
    expect(answer({ ok: false, error: 'message_not_found' })).to.include({ ok: false, fresh: true });
    const kept = bot.keep!(episode, { content: '', state: '', at: 0, ref: { channel: 'C1', ts: '1.0' } }, null) as JsonObject;
    expect(kept).to.include({ channel: 'C1', ts: '1.0' });
  });

  it('tells what cannot be mended by sending it again from what can', () => {
    expect(answer({ ok: false, error: 'invalid_blocks' })).to.include({ retry: false });
    expect(answer({ ok: false, error: 'channel_not_found' })).to.include({ retry: true });
    expect(answer({ ok: true, channel: 'C', ts: '2' })).to.deep.equal({ ok: true, ref: { channel: 'C', ts: '2' } });
    for (const body of [null, 1, [], {}]) expect(answer(body)).to.include({ ok: false, retry: true });
    expect(answer({}, 503)).to.include({ ok: false, retry: true });
  });
});
