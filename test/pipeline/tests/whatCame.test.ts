import { expect } from 'chai';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { rewrite } from '../../../src/pipeline/tests/rewrite.ts';
import { judge, tryTest } from '../../../src/run/runTest.ts';
import { whatCame } from '../../../src/pipeline/tests/whatCame.ts';
import { testIo } from '../../support/testIo.ts';

const load = (text: string) => loadPipeline('p.yaml', text, { registry: builtins, variables: { env: {}, config: () => undefined } });

/** A spike fires at +4:00 (6 events), is resolved at +6:00 and fires again at +12:00. */
const marbles = '{ marbles: "aaa(aaaaaa)a|", values: { a: { text: hello } } }';

const fileWith = (expectation: unknown, feed: string) => `name: p
sources: { in: { file: { path: nothing.ndjson } } }
operators:
  - group_by: { key: group_id }
  - spike: { bucket: 1m, detector: ratio, window: 3, quiet: 0 }
tests:
  - name: t
    frame: 1m
    feed: { in: ${feed} }
    expect: [ ${JSON.stringify(expectation)} ]
`;

/** What an expectation has to say instead, and whether the file holds with it. */
async function updated(expectation: unknown, feed = marbles) {
  const text = fileWith(expectation, feed);
  const pipeline = load(text);
  const [test] = pipeline.tests;
  const trial = await tryTest(pipeline, test!, testIo());
  const came = whatCame(test!.expect[0]!, trial.seen[0]!, trial.timing);
  if (typeof came === 'string') return came;
  const after = load(
    rewrite(
      'p.yaml',
      text,
      came.map(({ path, value }) => ({ path: ['tests', 0, 'expect', 0, ...path], value })),
    ).text,
  );
  expect(judge(after.tests[0]!, trial).failures).to.deep.equal([]);
  return Object.fromEntries(came.map(({ path, value }) => [path.join('/'), value]));
}

const findings = { from: 'spike', kind: 'finding' };

describe('an expectation that does not hold is to say', () => {
  const table: [what: string, expectation: object, instead: object | string][] = [
    ['nothing else when it holds', { ...findings, count: 3 }, {}],
    ['how many came', { ...findings, count: 7 }, { count: 3 }],
    ['that none came', { ...findings, match: { state: 'firing' }, count: 5, at: '3m' }, { count: 0 }],
    ['when it came', { ...findings, match: { state: 'firing' }, at: '3m' }, { at: '4m' }],
    ['no earlier than it came', { ...findings, match: { state: 'resolved' }, after: '7m' }, { after: '6m' }],
    ['no later than it came', { ...findings, match: { state: 'resolved' }, by: '90s' }, { by: '6m' }],
    [
      'the field that is otherwise, and leave the rest',
      { ...findings, match: { state: 'pending', rule: '/spi/' } },
      { 'match/state': 'firing' },
    ],
    [
      'a bound that lets it in',
      { ...findings, match: { state: 'firing', 'result.value': { gt: 90, lte: 99 } } },
      { 'match/result.value/gt': 5 },
    ],
    ['a field inside a field', { ...findings, match: { result: { value: 5 }, state: 'firing' } }, { 'match/result/value': 6 }],
    ['nothing of a field that is not there', { ...findings, match: { state: 'firing', nope: 1 } }, { match: { state: 'firing' } }],
    ['that nothing comes where nothing does', { from: 'in', kind: 'finding', match: { state: 'firing' } }, { count: 0 }],
    [
      'the order in which it came',
      { ...findings, order: [{ state: 'resolved' }, { state: 'resolved' }] },
      { order: [{ state: 'firing' }, { state: 'resolved' }, { state: 'firing' }] },
    ],
    [
      'the diagram that came, with a letter for what is new',
      { ...findings, marbles: '---F|', values: { F: { state: 'firing' } } },
      { marbles: '----F-a-----F|', 'values/a': { state: 'resolved' } },
    ],
    [
      'a group where several came at once',
      { from: 'in', kind: 'event', marbles: 'a', values: { a: { text: 'hello' } } },
      { marbles: 'aaa(aaaaaa)a' },
    ],
  ];
  for (const [what, expectation, instead] of table) it(what, async () => expect(await updated(expectation)).to.deep.equal(instead));

  it('no diagram where groups would run into each other', async () => {
    const feed = '[ { at: 0s, text: x }, { at: 0s, text: x }, { at: 1m, text: x } ]';
    expect(await updated({ from: 'in', kind: 'event', marbles: 'a', values: { a: { text: 'x' } } }, feed)).to.equal(
      'what came cannot be drawn with this frame: a shorter one keeps groups apart',
    );
  });

  it('what holds, whatever it said before', async () => {
    const field = fc.constantFrom('state', 'rule', 'severity', 'result.value', 'nope');
    const value = fc.oneof(
      fc.constantFrom('firing', 'resolved', '/spike/', 'x'),
      fc.integer({ min: 0, max: 9 }),
      fc.record({ gt: fc.integer({ min: 0, max: 9 }) }),
    );
    const match = fc.dictionary(field, value, { maxKeys: 3, noNullPrototype: true });
    const time = fc.integer({ min: 0, max: 13 }).map((minutes) => `${minutes}m`);
    const asked = fc.record({ match, count: fc.nat(5), at: time, by: time, after: time }, { requiredKeys: ['match'] });
    await fc.assert(
      fc.asyncProperty(fc.oneof(asked, fc.record({ order: fc.array(match, { minLength: 1, maxLength: 3 }) })), async (one) => {
        const instead = await updated({ ...findings, ...one });
        expect(instead, stringify(one)).to.satisfy(
          (said: unknown) => typeof said === 'object' || said === 'nothing came that could stand in an order',
        );
      }),
      { numRuns: 60 },
    );
  });
});
