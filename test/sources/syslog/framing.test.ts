import { expect } from 'chai';
import fc from 'fast-check';
import { Framing, type Frame } from '../../../src/sources/syslog/framing.ts';

const show = (frame: Frame) => (frame.kind === 'message' ? frame.bytes.toString('utf8') : `! ${frame.reason}`);
const cut = (text: string, longest = 100) => {
  const framing = new Framing(longest);
  return [...framing.push(Buffer.from(text)), ...framing.end()].map(show);
};

describe('messages in a stream of syslog', () => {
  for (const [name, text, expected] of [
    ['are lines', '<13>one\n<13>two\n', ['<13>one', '<13>two']],
    ['are as long as the count in front of them', '7 <13>one8 <13>t\nwo', ['<13>one', '<13>t\nwo']],
    ['are framed either way in one stream', '<13>one\n7 <13>two<13>three\n', ['<13>one', '<13>two', '<13>three']],
    ['may begin with a number that is no count', '2026-03-14 up\n12 things happened\n', ['2026-03-14 up', '12 things happened']],
    ['end without a line feed where the stream ends', '<13>one\n<13>tw', ['<13>one', '<13>tw']],
    ['lose the carriage return and the NUL before the line feed', '<13>one\r\n<13>two\0\n', ['<13>one', '<13>two']],
    ['are not made of blank lines, such as behind a counted one', '7 <13>one\n\n<13>two\n', ['<13>one', '<13>two']],
    ['that end before their count are refused', '9 <13>one', ['! the connection ended after 7 of 9 bytes of a message']],
    [
      'that are too long are refused, and the next is read',
      `<13>${'x'.repeat(150)}\n<13>next\n`,
      ['! a message of 154 bytes is longer than the limit of 100 (max_message)', '<13>next'],
    ],
    [
      'whose count is too long are refused, and the next is read',
      `150 <13>${'x'.repeat(146)}7 <13>one`,
      ['! a message of 150 bytes is longer than the limit of 100 (max_message)', '<13>one'],
    ],
  ] as const) {
    it(name, () => expect(cut(text)).to.deep.equal(expected));
  }

  it('are the same however the stream is cut (property)', () => {
    const message = fc.string({ minLength: 1, maxLength: 40 }).map((text) => `<13>${text.replace(/[\n\r\0]/g, '.')}`);
    const framed = fc.tuple(message, fc.boolean()).map(([text, counted]) => ({
      text,
      sent: counted ? `${Buffer.byteLength(text)} ${text}` : `${text}\n`,
    }));
    fc.assert(
      fc.property(fc.array(framed, { maxLength: 8 }), fc.array(fc.nat(400)), (messages, places) => {
        const bytes = Buffer.from(messages.map(({ sent }) => sent).join(''));
        const framing = new Framing(1000);
        const found: string[] = [];
        let from = 0;
        for (const at of [...places.toSorted((a, b) => a - b), bytes.length]) {
          found.push(...framing.push(bytes.subarray(from, Math.max(from, at))).map(show));
          from = Math.max(from, at);
        }
        expect([...found, ...framing.end().map(show)]).to.deep.equal(messages.map(({ text }) => text));
      }),
    );
  });

  it('hold no more than the limit and a chunk, however long a line goes on', () => {
    const framing = new Framing(1000);
    const chunk = Buffer.alloc(1 << 16, 'x');
    const frames = Array.from({ length: 200 }, () => framing.push(chunk)).flat();
    expect(frames.map(show)).to.deep.equal(['! a message is longer than the limit of 1000 (max_message)']);
    expect(framing.push(Buffer.from('\n<13>next\n')).map(show)).to.deep.equal(['<13>next']);
  });

  it('never throw, whatever bytes come (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 })), (chunks) => {
        const framing = new Framing(20);
        for (const chunk of chunks) framing.push(chunk);
        framing.end();
      }),
    );
  });
});
