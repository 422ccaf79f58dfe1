import { deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { cutContent, decodeEnvelope, encodeEnvelope, joinContent, rememberWhole, type Envelope } from '../../src/engine/envelope.ts';

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

  it('stands before parts that are put together again, here and elsewhere, packed or not, and in whatever mix', () => {
    fc.assert(
      fc.property(
        bytes,
        fc.integer({ min: 1, max: 12 }),
        fc.boolean(),
        fc.infiniteStream(fc.boolean()),
        (content, most, isPacked, travels) => {
          const travelling = isPacked ? deflateRawSync(content) : content;
          const packed = isPacked && { packed: true as const };
          const parts = cutContent(travelling, most);
          rememberWhole(parts, content);
          expect(parts).to.have.length(Math.max(1, Math.ceil(travelling.length / most)));
          expect(parts.every(({ length }) => length <= most)).to.equal(true);
          expect(joinContent(parts, { ...packed })).to.equal(content);
          const came = parts.map((part) => (travels.next().value ? travel(part) : part));
          expect(Buffer.from(joinContent(came, { ...packed })).equals(content)).to.equal(true);
          // Of a message that was begun anew others may be there.
          if (parts.length > 1 && !isPacked) {
            const fewer = joinContent(parts.slice(0, -1), {});
            expect(fewer).to.have.length(content.length - parts.at(-1)!.length);
          }
        },
      ),
    );
  });
});
