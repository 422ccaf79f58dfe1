import { expect } from 'chai';
import fc from 'fast-check';
import { describeMessage } from '../../../src/views/message/message.ts';
import { slackBlocks, slackPlain } from '../../../src/sinks/webhook/slackBlocks.ts';
import { changedFinding } from '../../support/findings.ts';
import { episode } from '../../support/views/viewSamples.ts';

interface Block {
  type: string;
  text?: { type: string; text: string };
  elements?: { type: string; text: string | { text: string }; url?: string; value?: string; action_id?: string }[];
}
const links = [{ name: 'logs', href: 'https://logs.example/?q=a&b' }];
const made = (text: string, href = links) =>
  describeMessage(
    changedFinding(episode, {
      title: text,
      group_id: `app:${text}`,
      result: {
        ...episode.result,
        lines: [{ at: '2026-05-04T09:55:32.000Z', group_id: text, text }],
        changes: [{ at: '2026-05-04T09:00:00Z', text }],
      },
    }),
    { owner: text, links: href },
  );
const blocksOf = (...args: Parameters<typeof slackBlocks>): Partial<Block>[] => slackBlocks(...args);

describe('a message as Slack blocks', () => {
  it('is a title, what is known, lines as they are, whose it is, and buttons', () => {
    const blocks = blocksOf(made('a <b> & *c*'), { id: 'e7c1aa', buttons: true });
    expect(blocks.map(({ type }) => type)).to.deep.equal(['section', 'section', 'section', 'context', 'actions']);
    expect(blocks[0]!.text!.text).to.equal('*[critical] a &lt;b&gt; &amp; ∗c∗: a &lt;b&gt; &amp; ∗c∗, and 1 more service*');
    expect(blocks[2]!.text!.text).to.equal('```09:55:32Z  a &lt;b&gt; &amp; *c*```');
    expect(blocks[4]!.elements!.map(({ action_id: action, value, url }) => [action, value ?? url])).to.deep.equal([
      ['caducus_ack', 'e7c1aa'],
      ['caducus_silence', 'e7c1aa'],
      ['caducus_resolve', 'e7c1aa'],
      ['caducus_link_0', 'https://logs.example/?q=a&b'],
    ]);
  });

  it('has no buttons that answer where nobody hears them, and none of what is over', () => {
    expect(blocksOf(made('x', []), { id: 'e', buttons: false }).at(-1)!.type).to.equal('context');
    const over = describeMessage(changedFinding(episode, { state: 'resolved' }), { links });
    expect(blocksOf(over, { id: 'e', buttons: true }).at(-1)!.elements).to.have.lengthOf(1);
  });

  it('is within the limits of Slack, whatever is in it, and cannot end what is shown as it is', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('', '&'.repeat(9_000), '```', '😀'.repeat(4_000), '<!channel> <@U1>', '\u001b[0m'),
    );
    fc.assert(
      fc.property(text, fc.webUrl(), (one, href) => {
        const message = made(one, [
          { name: one, href },
          { name: 'long', href: `https://x.example/${'a'.repeat(4000)}` },
        ]);
        const blocks = blocksOf(message, { id: 'e7c1aa', buttons: true });
        expect(slackPlain(message).length).to.be.at.most(4000);
        for (const { text: body, elements = [] } of blocks) {
          if (body) expect(body.text.length).to.be.within(1, 3000);
          expect(body?.text ?? '').to.not.match(/<[!@]/);
          if (body?.text.startsWith('```')) expect(body.text.slice(3, -3)).to.not.include('```');
          for (const { text: label, url = '' } of elements) {
            expect(url.length).to.be.at.most(3000);
            expect(typeof label === 'string' ? label.length : label.text.length).to.be.within(1, typeof label === 'string' ? 3000 : 75);
          }
        }
      }),
    );
  });
});
