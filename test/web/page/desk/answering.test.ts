import { expect } from 'chai';
import { Answering } from '../../../../src/web/page/desk/answering.ts';

describe('Answering', () => {
  it('is over when the answer was kept', async () => {
    const sent: unknown[] = [];
    const answering = new Answering(async (request) => sent.push(request));
    answering.begin('ack', 'e7c1');
    let seen = '';
    expect(await answering.send({ type: 'ack', target: 'e7c1' }, () => (seen = String(answering.asked?.busy)))).to.equal(true);
    expect([seen, sent, answering.asked]).to.deep.equal(['true', [{ type: 'ack', target: 'e7c1' }], null]);
  });

  it('says why it was refused, and can be sent again', async () => {
    const answers = [Promise.reject(new Error('only oncall may')), Promise.resolve()];
    const answering = new Answering(() => answers.shift()!);
    answering.begin('ack', 'e7c1');
    expect(await answering.send({ type: 'ack', target: 'e7c1' }, () => undefined)).to.equal(false);
    expect(answering.asked).to.include({ error: 'only oncall may', busy: false });
    expect(await answering.send({ type: 'ack', target: 'e7c1' }, () => undefined)).to.equal(true);
  });

  it('is sent once, however often it is pressed, and not at all where nothing is asked', async () => {
    let sent = 0;
    const answering = new Answering(async () => void (sent += 1));
    expect(await answering.send({ type: 'ack', target: 'x' }, () => undefined)).to.equal(false);
    answering.begin('ack', 'x');
    const both = await Promise.all([1, 2].map(() => answering.send({ type: 'ack', target: 'x' }, () => undefined)));
    expect([both, sent]).to.deep.equal([[true, false], 1]);
  });

  it('what was opened meanwhile stays open', async () => {
    const answering = new Answering(async () => undefined);
    answering.begin('ack', 'a');
    const over = answering.send({ type: 'ack', target: 'a' }, () => undefined);
    answering.begin('note', 'b');
    expect(await over).to.equal(true);
    expect(answering.asked).to.include({ type: 'note', target: 'b' });
  });
});
