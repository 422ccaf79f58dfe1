import { expect } from 'chai';
import fc from 'fast-check';
import { cutContent, decodeEnvelope, encodeEnvelope, joinContent, type Envelope } from '../../src/engine/envelope.ts';

const bytes = fc.uint8Array({ maxLength: 40 });
/** The same bytes, as they come from an engine. */
const travel = (some: Uint8Array): Uint8Array => Uint8Array.from(some);

describe('the envelope of a message', () => {
  const envelope: Envelope = { n: 7, prev: 6, part: 0, of: 1, flag: 'gather', owner: 'a\nb' };

  it('is read as it was written, here and elsewhere, whatever its content', () => {
    fc.assert(
      fc.property(bytes, (content) => {
        const body = encodeEnvelope(envelope, content);
        for (const each of [body, travel(body)]) {
          const read = decodeEnvelope(each);
          expect(read.envelope).to.deep.equal(envelope);
          expect(Buffer.from(read.content).equals(content)).to.equal(true);
        }
        expect(decodeEnvelope(body).content).to.equal(content);
      }),
    );
  });

  it('stands before parts that are put together again, here and elsewhere, and in whatever mix', () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 12 }), fc.infiniteStream(fc.boolean()), (content, most, travels) => {
        const parts = cutContent(content, most);
        expect(parts).to.have.length(Math.max(1, Math.ceil(content.length / most)));
        expect(parts.every(({ length }) => length <= most)).to.equal(true);
        expect(joinContent(parts)).to.equal(content);
        const came = parts.map((part) => (travels.next().value ? travel(part) : part));
        expect(Buffer.from(joinContent(came)).equals(content)).to.equal(true);
        // Those of a message that was begun anew may be fewer.
        if (parts.length > 1) expect(joinContent(parts.slice(0, -1))).to.have.length(content.length - parts.at(-1)!.length);
      }),
    );
  });
});
