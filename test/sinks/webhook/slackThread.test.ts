import { expect } from 'chai';
import type { Json } from '../../../src/event.ts';
import type { Finding, FindingState, Severity } from '../../../src/signal.ts';
import { findReply, readPosted, nextPosted } from '../../../src/sinks/webhook/slackThread.ts';
import { changedFinding } from '../../support/findings.ts';
import { episode } from '../../support/views/viewSamples.ts';

const at = (state: FindingState, severity: Severity, groups: number): Finding =>
  changedFinding(episode, { state, severity, result: { ...episode.result, groups } });
/** Plays the states one after the other, and returns the replies, `!` before those that the channel sees. */
function replies(...findings: Finding[]): string[] {
  let ref = readPosted({ channel: 'C', ts: '1', ...nextPosted(findings[0]!, null) })!;
  const said: string[] = [];
  for (const finding of findings.slice(1)) {
    for (let reply = findReply(finding, ref); reply; reply = findReply(finding, ref)) {
      said.push(`${reply.broadcast ? '!' : ''}${reply.text.word ?? 'over'}`);
      ref = readPosted({ channel: 'C', ts: '1', ...nextPosted(finding, ref) })!;
    }
  }
  return said;
}

describe('the thread of a message', () => {
  it('says that it has become graver, in the channel too, that it has doubled, and that it is over, each once', () => {
    const [a, b, c, d] = [
      at('firing', 'warning', 2),
      at('firing', 'critical', 2),
      at('firing', 'critical', 3),
      at('firing', 'critical', 5),
    ];
    expect(replies(a, a, b, b, c, d, d, at('resolved', 'critical', 5), at('resolved', 'critical', 5))).to.deep.equal([
      '!now critical, was warning',
      '5 services, were 2',
      'over',
    ]);
  });

  it('says nothing of an acknowledgement, of what eases, and of one service more', () => {
    expect(
      replies(at('firing', 'critical', 4), at('acked', 'critical', 4), at('firing', 'warning', 1), at('firing', 'critical', 5)),
    ).to.deep.equal([]);
  });

  it('says one thing where all comes at once and it is over', () => {
    expect(replies(at('firing', 'warning', 1), at('resolved', 'critical', 9))).to.deep.equal(['over']);
    expect(replies(at('firing', 'warning', 1), at('firing', 'critical', 9))).to.deep.equal(['!now critical, was warning']);
  });

  it('says what people have noted elsewhere, each note once', () => {
    const note = (minute: number, via?: string) => ({
      who: 'ana',
      at: `2026-05-04T10:0${minute}:00.000Z`,
      note: `n${minute}`,
      ...(via && { via }),
    });
    const noted = (...notes: ReturnType<typeof note>[]) => changedFinding(episode, { result: { ...episode.result, notes } });
    expect(replies(noted(note(1)), noted(note(1), note(2)), noted(note(2), note(3, 'slack')), noted(note(2), note(4)))).to.deep.equal([
      'note',
      'note',
    ]);
    const reply = findReply(noted(note(1), note(2)), readPosted({ channel: 'C', ts: '1', ...nextPosted(noted(note(1)), null) }));
    expect(reply!.text.facts).to.deep.equal(['ana: "n2"']);
  });

  it('begins with the end of a message that an older release has sent', () => {
    const old = readPosted({ channel: 'C', ts: '1' });
    expect(findReply(at('firing', 'critical', 9), old)).to.equal(null);
    expect(findReply(at('resolved', 'critical', 9), old)).to.not.equal(null);
    const none: Json[] = [null, 1, [], { channel: 'C' }, { ts: '1', channel: 1 }];
    for (const ref of none) expect(readPosted(ref)).to.equal(null);
  });
});
