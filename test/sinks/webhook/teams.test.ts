import { expect } from 'chai';
import fc from 'fast-check';
import { messageMaker } from '../../../src/sinks/webhook/message.ts';
import { teams } from '../../../src/sinks/webhook/teams.ts';
import { changedFinding } from '../../support/findings.ts';
import { episode } from '../../support/views/viewSamples.ts';

interface Card {
  body: { type: string; text: string; color?: string; fontType?: string }[];
  actions?: { type: string; title: string; url: string }[];
  fallbackText: string;
}
const url = 'https://prod.westeurope.logic.azure.com/workflows/x';
const open = (links: { name: string; href: string }[] = []) => teams({ url, message: messageMaker(() => ({ owner: 'payments', links })) });
const send = (finding: typeof episode, links: { name: string; href: string }[] = []) => {
  const { body } = open(links).call(finding, null)!;
  const { attachments } = JSON.parse(body) as { attachments: [{ contentType: string; content: Card }] };
  return { size: Buffer.byteLength(body), card: attachments[0].content, contentType: attachments[0].contentType };
};

describe('a message to Teams', () => {
  it('is an Adaptive Card with title, facts, lines, owner and a button for every address', () => {
    const { card, contentType } = send(episode, [{ name: 'logs', href: 'https://logs.example/?q=a&b' }]);
    expect(contentType).to.equal('application/vnd.microsoft.card.adaptive');
    expect(card.body[0]).to.deep.include({ type: 'TextBlock', color: 'attention', weight: 'bolder' });
    expect(card.body[0]!.text).to.match(/^\\\[critical\\\] /);
    expect(card.body.at(-1)!.text).to.include('owner payments.');
    expect(card.actions).to.deep.equal([{ type: 'Action.OpenUrl', title: 'logs', url: 'https://logs.example/?q=a&b' }]);
  });

  it('is green when it is over', () => {
    const { card } = send(changedFinding(episode, { state: 'resolved' }) as typeof episode);
    expect(card.body[0]).to.deep.include({ color: 'good' });
  });

  it('is sent again only when the state changes', () => {
    const receiver = open();
    const more = changedFinding(episode, { updated: '2026-05-05T00:00:00.000Z' });
    expect(receiver.content(more)).to.equal(receiver.content(episode));
    expect(receiver.content(changedFinding(episode, { state: 'resolved' }))).not.to.equal(receiver.content(episode));
  });

  it('has at most 28 KB and no Markdown of a log line, whatever is in it (property)', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom('*'.repeat(9000), '😀'.repeat(4000), '[a](http://b)', '`'),
    );
    fc.assert(
      fc.property(text, (one) => {
        const finding = changedFinding(episode, {
          title: one,
          group_id: `app:${one}`,
          result: { ...episode.result, lines: [{ at: '2026-05-04T09:55:32.000Z', group_id: one, text: one }] },
        }) as typeof episode;
        const links = Array.from({ length: 20 }, (_, i) => ({ name: one || 'x', href: `https://x.example/${i}${'a'.repeat(1400)}` }));
        const { size, card } = send(finding, links);
        expect(size).to.be.at.most(28 * 1024);
        for (const block of card.body) expect(block.text).not.to.match(/(?<!\\)(?:\\\\)*[*_`[\]<>]/);
      }),
    );
  });
});
