import { expect } from 'chai';
import { CaducusError } from '../../../src/errors.ts';
import { readRowList, type RowsQuery } from '../../../src/sources/huggingface/readRows.ts';
import { testIo } from '../../support/testIo.ts';
import { virtualIo } from '../../support/virtualIo.ts';

/** What the API answers, one after another: a status, a body, or the rows asked for of a data set of `total`. */
type Answer = number | object | 'rows';

function server(total: number, answers: Answer[] = []) {
  const asked: URL[] = [];
  const outside = virtualIo();
  const fetch = async (address: string | URL | Request): Promise<Response> => {
    const url = new URL(String(address));
    asked.push(url);
    const answer = answers.shift() ?? 'rows';
    if (typeof answer === 'number') return new Response('{}', { status: answer, headers: answer === 429 ? { 'retry-after': '60' } : {} });
    if (answer !== 'rows') return Response.json(answer);
    const [offset, length] = ['offset', 'length'].map((name) => Number(url.searchParams.get(name))) as [number, number];
    const rows = Array.from({ length: Math.max(0, Math.min(length, total - offset)) }, (_, i) => ({
      row_idx: offset + i,
      row: { n: offset + i },
    }));
    return Response.json({ rows, num_rows_total: total });
  };
  return { io: { ...outside, net: { ...outside.net, fetch: fetch as typeof outside.net.fetch } }, asked };
}
const pages = ({ asked }: { asked: URL[] }) =>
  asked.map(({ searchParams }) => `${searchParams.get('offset')}+${searchParams.get('length')}`);
async function read(query: Pick<RowsQuery, 'io'> & Partial<RowsQuery>): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const page of readRowList({ dataset: 'own/set', offset: 0, rows: 1000, ...query })) rows.push(...page.rows.map(({ n }) => n));
  return rows;
}
const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe('the rows of a data set', () => {
  it('come in order, 100 a page, to the end of the set', async () => {
    const at = server(250);
    expect(await read(at)).to.deep.equal(Array.from({ length: 250 }, (_, n) => n));
    expect(pages(at)).to.deep.equal(['0+100', '100+100', '200+100']);
  });

  it('are no more than wanted, from where it is wanted', async () => {
    const at = server(500);
    expect(await read({ ...at, offset: 120, rows: 130 })).to.have.lengthOf(130);
    expect(pages(at)).to.deep.equal(['120+100', '220+30']);
  });

  it('are none of an empty set, or behind its end, after one question', async () => {
    for (const [total, offset] of [
      [0, 0],
      [5, 5],
    ] as const) {
      const at = server(total);
      expect(await read({ ...at, offset })).to.deep.equal([]);
      expect(at.asked).to.have.lengthOf(1);
    }
  });

  it('are asked for by the name of the set, whatever stands in it', async () => {
    const at = server(1);
    await read({ ...at, dataset: 'own/a&b', baseUrl: 'https://mirror.example' });
    expect([at.asked[0]!.host, at.asked[0]!.searchParams.get('dataset')]).to.deep.equal(['mirror.example', 'own/a&b']);
  });

  it('are asked for again after a fault, and not before the server wants to be', async () => {
    const at = server(150, ['rows', 503, 429]);
    const begin = at.io.now();
    expect(await read(at)).to.have.lengthOf(150);
    expect(pages(at)).to.deep.equal(['0+100', '100+100', '100+100', '100+100']);
    expect(at.io.now() - begin).to.be.at.least(60_000);
  });

  for (const [what, answers, questions] of [
    ['a set that is not there', [404], 1],
    ['an answer of something else', [{ hello: 1 }], 1],
    ['rows that are no records', [{ rows: [{ row_idx: 0, row: 3 }], num_rows_total: 1 }], 1],
    ['a later page that never comes', ['rows', ...Array.from({ length: 20 }, () => 500)], 11],
  ] as const) {
    it(`fail with the set and the host: ${what}`, async () => {
      const at = server(250, [...answers]);
      const error = await failure(read(at));
      expect(error).to.be.instanceOf(CaducusError).and.include({ code: 'CAD074' });
      expect((error as Error).message).to.include('own/set from datasets-server.huggingface.co');
      expect(at.asked).to.have.lengthOf(questions);
    });
  }

  it('are given up within 8 s where not even the first page comes', async () => {
    const at = server(
      250,
      Array.from({ length: 20 }, () => 500),
    );
    const begin = at.io.now();
    expect(await failure(read(at))).to.include({ code: 'CAD074' });
    expect(at.io.now() - begin).to.be.at.most(8_000);
  });

  it('are asked for no more once it is stopped', async () => {
    const at = server(250);
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    expect(await failure(read({ io: { ...at.io, sleep: testIo().sleep }, signal: stop.signal }))).to.have.property('message', 'stopped');
    expect(at.asked).to.have.lengthOf(0);
  });
});
