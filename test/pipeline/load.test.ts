import { expect } from 'chai';
import { CaducusErrors } from '../../src/errors.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { showError } from '../../src/cli/shared/showError.ts';
import { fakeRegistry } from '../support/fakes.ts';

const { registry } = fakeRegistry({});
const load = (text: string, env: Record<string, string> = {}) =>
  loadPipeline('p.yaml', text, {
    registry,
    variables: { env, config: (key) => (key === 'data_dir' ? '/data' : undefined), lookedIn: 'environment, ./.env' },
  });

function errorsOf(text: string, env?: Record<string, string>): string {
  try {
    load(text, env);
  } catch (error) {
    if (error instanceof CaducusErrors) return showError(error, { color: false }).text;
    throw error;
  }
  return 'no error';
}

const good = `name: p
sources:
  in: { fake: { allowed_lateness: 5s } }
operators:
  - tally: { every: 1m }
sinks:
  out: { keep: {} }
`;

describe('loadPipeline', () => {
  it('reads sources, operators and sinks, each with its checked options', () => {
    const pipeline = load(good);
    expect(pipeline.sources.map((s) => [s.id, (s.options as { allowedLateness: number }).allowedLateness])).to.deep.equal([['in', 5000]]);
    expect(pipeline.operators.map((o) => [o.id, o.options, o.from])).to.deep.equal([['tally', { every: 60_000, label: 'n' }, []]]);
    expect(pipeline.sinks.map((s) => [s.id, s.from])).to.deep.equal([['out', ['tally']]]);
  });

  it('shows an unknown option with line, column, a caret and what was meant', () => {
    expect(errorsOf(good.replace('every: 1m', 'evry: 1m'))).to.equal(`p.yaml:5:12  error CAD015  operators[0].tally: "every" is missing
   5 |   - tally: { evry: 1m }
     |            ^ every: Length of a window.

p.yaml:5:14  error CAD014  operators[0].tally: unknown key "evry"
   5 |   - tally: { evry: 1m }
     |              ^^^^ did you mean "every"?

2 errors in p.yaml.  Nothing was started.  Exit 78.
`);
  });

  it('shows a missing variable with its message and how to set it', () => {
    const text = good.replace('1m', '"${EVERY:?length of a window}"');
    expect(errorsOf(text)).to.contain(`p.yaml:5:22  error CAD021  operators[0].tally.every: EVERY is not set
   5 |   - tally: { every: "\${EVERY:?length of a window}" }
     |                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ length of a window
     | try: export EVERY=...      (looked in: environment, ./.env)`);
  });

  it('tells all problems of a file at once, in file order', () => {
    const shown = errorsOf(good.replace('fake:', 'fike:').replace('tally:', 'tolly:').replace('keep:', 'kep:'));
    expect(shown.match(/CAD016 .*/g)).to.deep.equal([
      'CAD016  sources.in: unknown source "fike"',
      'CAD016  operators[0]: unknown operator "tolly"',
      'CAD016  sinks.out: unknown sink "kep"',
    ]);
  });

  const table: [fault: string, text: string, expected: string][] = [
    ['a key of the frame misspelt', good.replace('operators:', 'operatrs:'), 'p.yaml:4:1  error CAD014  unknown key "operatrs"'],
    ['a value of the wrong kind', good.replace('1m', '[1]'), 'p.yaml:5:21  error CAD013'],
    ['a length of time that is none', good.replace('1m', 'soon'), 'expected a length of time such as 5m or 1h 30m, got "soon"'],
    ['a camelCase key', good.replace('allowed_lateness', 'allowedLateness'), 'unknown key "allowedLateness"'],
    ['a missing name', good.replace('name: p\n', ''), '"name" is missing'],
    ['the same verb twice', good.replace('sinks:', '  - tally: { every: 2m }\nsinks:'), 'the id "tally" is taken'],
    [
      'from naming nothing',
      good.replace('out: { keep: {} }', 'out: { keep: {}, from: taly }'),
      'p.yaml:7:26  error CAD018  sinks.out.from: nothing above is called "taly"',
    ],
    ['a port that is none', good.replace('out: { keep: {} }', 'out: { keep: {}, from: tally.lte }'), '"tally" has no port "lte"'],
    [
      'no source at all',
      good.replace('  in: { fake: { allowed_lateness: 5s } }\n', '').replace('sources:', 'sources: {}'),
      'a pipeline needs at least one source',
    ],
    ['YAML that does not parse', 'name: [', 'error CAD012'],
    ['a custom tag', good.replace('name: p', 'name: !!js/function p'), 'error CAD012'],
  ];
  for (const [fault, text, expected] of table) {
    it(`refuses ${fault} and says where`, () => expect(errorsOf(text)).to.contain(expected));
  }

  it('stops an alias bomb', () => {
    const bomb = `name: p\na: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nsources: [*c,*c,*c]\n`;
    expect(errorsOf(bomb)).to.contain('CAD012');
  });

  it('says that a variable needs quotes inside braces', () => {
    expect(errorsOf(good.replace('1m', '${N}'))).to.contain('a variable needs quotes: "${NAME}"');
  });

  describe('variables', () => {
    const label = (text: string, env?: Record<string, string>) =>
      (
        load(
          good.replace('every: 1m', () => `every: 1m, label: ${text}`),
          env,
        ).operators[0]!.options as { label: string }
      ).label;

    it('are replaced scalar by scalar', () => {
      expect(label('"${A}-${B:-b}"', { A: 'a' })).to.equal('a-b');
      expect(label('"{{ A|fall back }}"')).to.equal('fall back');
      expect(label('"${config.data_dir}/x"')).to.equal('/data/x');
      expect(label('"$${A}"')).to.equal('${A}');
    });

    it('never inject structure', () => {
      expect(label('"${A}"', { A: 'x } }\nsinks: { evil: 1' })).to.equal('x } }\nsinks: { evil: 1');
    });

    it('are read as numbers where a number is wanted', () => {
      expect(
        (load(good.replace('{ every: 1m }', '\n      every: ${N}'), { N: '250ms' }).operators[0]!.options as { every: number }).every,
      ).to.equal(250);
    });
  });
});
