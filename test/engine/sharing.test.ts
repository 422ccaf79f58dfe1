import { expect } from 'chai';
import { decodeEnvelope, joinContent } from '../../src/engine/envelope.ts';
import { decodeArrivals, decodeLeaving, decodeMade, decodeWork } from '../../src/engine/machines/messages.ts';
import type { Transport } from '../../src/engine/transport.ts';
import { eventLines } from '../support/durableRun.ts';
import { Machine, readText } from '../support/engine/machines.ts';
import { MemoryEngine } from '../support/engine/memoryTransport.ts';
import { memoryFiles } from '../support/memoryFiles.ts';

const text = `name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators:
  - normalize: {}
  - group_by: { key: group_id }
  - memory: { window: 1m, early: 10s }
  - rank: { top: 5 }
  - spike: { value: blip.count, bucket: none }
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
  - episodes: {}
sinks:
  all: { ndjson: { path: /d/out.ndjson, select: [event, blip, radar, finding] } }
  store: { segments: { part_bytes: 20KiB } }
`;

/** What is read of a message, by the beginning of its subject. */
const kinds: [string, (content: Uint8Array) => unknown][] = [
  ['arrivals', decodeArrivals],
  ['in.', decodeWork],
  ['out.', decodeMade],
  ['desk', decodeLeaving],
];

/** Whoever writes to it from now on fails. Returns how many things it holds that can be written to. */
function freeze(value: unknown): number {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return 0;
  Object.freeze(value);
  return 1 + Object.values(value).reduce((sum: number, each) => sum + freeze(each), 0);
}

describe('what is written and read in one process', () => {
  it('is written to by nobody from then on, so that all may have the same', async () => {
    const files = memoryFiles({ largest: 20_000 });
    const input = await files.open('/in.ndjson', 'w');
    await input.write(Buffer.from(eventLines(1_200, { groups: 11 })));
    await input.close();
    const frozen = new Map<string, number>();
    const through = (transport: Transport): Transport => ({
      ...transport,
      append: (subject, body, expected) => {
        const [kind, decode] = kinds.find(([beginning]) => subject.startsWith(beginning)) ?? [];
        if (kind !== undefined) {
          const { envelope, content } = decodeEnvelope(body);
          if (content.length > 0 && envelope.of === 1) {
            const value = decode!(joinContent([content], envelope));
            frozen.set(kind, (frozen.get(kind) ?? 0) + freeze(value));
          }
        }
        return transport.append(subject, body, expected);
      },
    });
    await new Machine(readText(text), new MemoryEngine({ step: false }), { id: 'w1', files, through }).done;
    expect(files.texts()['/d/out.ndjson']).to.contain('"rule":"new-error"');
    for (const [kind] of kinds) expect(frozen.get(kind), kind).to.be.greaterThan(50);
    expect(frozen.get('arrivals')).to.be.greaterThan(1_200);
  });
});
