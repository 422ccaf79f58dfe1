import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../../src/event.ts';
import type { Signal } from '../../../src/signal.ts';
import { file } from '../../../src/sources/file.ts';
import type { Parsing } from '../../../src/sources/parsing/parsing.ts';
import type { SourceBatch } from '../../../src/sources/source.ts';
import { localParsing } from '../../support/runs/localParsing.ts';
import { memoryFiles } from '../../support/memoryFiles.ts';
import { testIo } from '../../support/testIo.ts';

const line = fc.oneof(
  fc
    .nat(9999)
    .map((n) => `{"id":"i${n}","timestamp":"2026-03-14T00:00:00.000Z","source":"s","group_id":"g","text":"x ${n}","metadata":{"n":${n}}}`),
  fc
    .nat(9999)
    .map(
      (n) => `{"metadata":{},"text":"other order é ${n}","group_id":"g","id":"o${n}","timestamp":"2026-03-14T00:00:01.000Z","source":"s"}`,
    ),
  fc.nat(59).map((n) => `2026-03-14 00:00:${String(n).padStart(2, '0')},123 ERROR [main] org.example.Server - request ${n} failed`),
  fc.nat(59).map((n) => `081109 2036${String(n).padStart(2, '0')} 148 INFO dfs.DataNode: Receiving block blk_${n}`),
  fc.constantFrom(
    '',
    '    at org.example.Server.run(Server.java:12)',
    'no stamp here',
    '{"torn":',
    'password=hunter2hunter2 in it',
    '\u0001\u0002',
    'level=info msg="a b" n=1e999',
  ),
);
const text = fc
  .record({
    lines: fc.array(line, { maxLength: 60 }),
    header: fc.constantFrom('', 'timestamp,level,message\n'),
    end: fc.constantFrom('\n', '', '\r\n'),
  })
  .map(({ lines, header, end }) => header + lines.join('\n') + end);

/** All batches that a file gives, from a position on, parsed here or aside. */
async function read(
  content: string,
  largest: number,
  { parsing, from = null, format = 'auto' }: { parsing?: Parsing; from?: Json; format?: string } = {},
): Promise<SourceBatch[]> {
  const files = memoryFiles({ largest });
  await (await files.open('/in.log', 'w')).write(Buffer.from(content));
  const options = file.spec.options.parse({ path: '/in.log', format });
  const open = file.spec.open(options, { io: { ...testIo(), files }, id: 'in', from, signal: new AbortController().signal, parsing });
  const batches: SourceBatch[] = [];
  for await (const batch of open.batches) batches.push(structuredClone(batch));
  await open.close();
  return batches;
}
const records = (batches: readonly SourceBatch[]): readonly Signal[] => batches.flatMap((batch) => batch.records);

describe('a file that is parsed aside', () => {
  it('gives the same records, byte for byte, and stands at the same place in the end, however it is read (property)', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 4000 }), async (content, largest) => {
        const [here, aside] = [await read(content, 1 << 16), await read(content, largest, { parsing: localParsing() })];
        expect(JSON.stringify(records(aside))).to.equal(JSON.stringify(records(here)));
        expect(aside.at(-1)?.position).to.deep.equal(here.at(-1)?.position);
      }),
      { numRuns: 100 },
    );
  });

  it('goes on from every position on its way, parsed here or aside, as if it had not stopped (property)', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 40, max: 900 }), fc.boolean(), async (content, largest, again) => {
        const all = await read(content, largest, { parsing: localParsing() });
        for (const [at, { position }] of all.slice(0, -1).entries()) {
          const rest = await read(content, largest, { from: position, ...(again && { parsing: localParsing() }) });
          const times = (some: readonly Signal[]) => some.map((one) => (one.kind === 'event' ? one.event : one.kind));
          expect(times(records(rest))).to.deep.equal(times(records(all.slice(at + 1))));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('tells of each record whether something in it is to be masked', async () => {
    const lines = ['all is well', 'password=hunter2hunter2', 'all is well'].map((said) =>
      JSON.stringify({ time: '2026-03-14T00:00:00Z', msg: said }),
    );
    const batches = await read(`${lines.join('\n')}\n`, 1 << 16, { parsing: localParsing(), format: 'ndjson' });
    expect(batches.flatMap(({ clean }) => [...(clean ?? [])])).to.deep.equal([1, 0, 1]);
  });

  it('is parsed here where it begins with NUL bytes', async () => {
    const parsing = localParsing();
    const content = `\0\0\0\n2026-03-14T00:00:00Z INFO all is well\n`;
    expect(records(await read(content, 1 << 16, { parsing }))).to.deep.equal(records(await read(content, 1 << 16)));
    expect(parsing.pushed).to.equal(0);
  });
});
