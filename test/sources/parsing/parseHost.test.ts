import { expect } from 'chai';
import { decodeSignals } from '../../../src/kernel/encodeSignals.ts';
import { ParseHost } from '../../../src/sources/parsing/parseHost.ts';

const start = { format: 'ndjson', context: { reference: 9 }, from: null, source: 's', file: 'a.log', owner: null, ids: undefined } as const;
const bytes = new Uint8Array(Buffer.from('{"time":"2026-03-14T00:00:00Z","msg":"password=hunter2hunter2"}\n{"time":"2026'));

describe('ParseHost', () => {
  it('gives what is to be masked as it is, and says so: it is counted where it is masked', () => {
    const host = new ParseHost({ redact: ['secrets'] });
    expect(host.answer({ ask: 'open', stream: 1, start: { ...start, generations: new Map() } })).to.equal(null);
    const { signals, clean, position } = host.answer({ ask: 'push', stream: 1, bytes })!;
    expect(JSON.stringify(decodeSignals(signals))).to.contain('hunter2hunter2');
    expect([...clean]).to.deep.equal([0]);
    expect(position.line).to.equal(1);
  });

  it('masks nothing where nothing is to be masked', () => {
    const host = new ParseHost({ redact: [] });
    host.answer({ ask: 'open', stream: 1, start: { ...start, generations: new Map() } });
    expect([...host.answer({ ask: 'push', stream: 1, bytes })!.clean]).to.deep.equal([1]);
  });
});
