import { expect } from 'chai';
import fc from 'fast-check';
import { messageMaker } from '../../../src/sinks/webhook/message.ts';
import { ntfy } from '../../../src/sinks/webhook/ntfy.ts';
import { changedFinding, type FindingChanges } from '../../support/findings.ts';
import { episode } from '../../support/views/viewSamples.ts';

interface Body {
  topic: string;
  title: string;
  message: string;
  priority: number;
  tags: string[];
  click?: string;
  actions?: { action: string; label: string; url: string }[];
}
const links = [
  { name: 'radar', href: 'https://radar.example/e1' },
  { name: 'logs', href: 'https://logs.example/?q=a' },
];
const send = (changes: FindingChanges = {}, options: { url?: string; token?: string } = {}) => {
  const receiver = ntfy({ url: options.url, topic: 'oncall', token: options.token ?? null, message: messageMaker(() => ({ links })) });
  const { url, headers, body } = receiver.call(changedFinding(episode, changes), null)!;
  return { url, headers, body: JSON.parse(body) as Body };
};

describe('a notification of ntfy', () => {
  it('has title, text, where to go, and rings when it is critical', () => {
    const { url, body } = send();
    expect(url).to.equal('https://ntfy.sh');
    expect(body).to.deep.include({ topic: 'oncall', priority: 5, tags: ['rotating_light'], click: 'https://radar.example/e1' });
    expect(body.title).to.match(/^\[critical\] /);
    expect(body.actions).to.deep.equal([{ action: 'view', label: 'logs', url: 'https://logs.example/?q=a' }]);
    expect(body.message).not.to.include('https://');
  });

  it('is quiet when somebody has it, or when it is over', () => {
    expect(
      [{ state: 'acked' } as const, { state: 'resolved' } as const, { severity: 'warning' } as const].map(
        (changes) => send(changes).body.priority,
      ),
    ).to.deep.equal([2, 2, 4]);
  });

  it('goes to a server of your own with its token', () => {
    const { url, headers } = send({}, { url: 'https://ntfy.example', token: 'tk_12345678' });
    expect([url, headers['authorization']]).to.deep.equal(['https://ntfy.example', 'Bearer tk_12345678']);
  });

  it('has at most 4,096 bytes, whole characters all of them (property)', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.constant('😀'.repeat(4000))), (title) => {
        const { body } = send({ title, group_id: `app:${title}` });
        expect(Buffer.byteLength(body.message)).to.be.at.most(4096);
        expect(Buffer.byteLength(body.title)).to.be.at.most(250);
        expect(body.title + body.message).not.to.match(/\ufffd/);
      }),
    );
  });
});
