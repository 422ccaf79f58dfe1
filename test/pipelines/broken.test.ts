import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { groupBy } from '../../operators/groupBy.ts';
import { listOptions } from '../../src/cli/commands/list.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { showError } from '../../src/cli/shared/showError.ts';

/** A fault put into a copy of a pipeline file: what is exchanged, and what must then be said. */
interface Fault {
  name: string;
  break(text: string): string;
  /** The text in the broken copy that the error points at; the last one of it. */
  points: string;
  /** How many of its characters are underlined; all of them when left out. */
  carets?: number;
  says: string;
  mend: string | ((text: string) => string);
}

/** Replaces once, and insists that there is something to replace. */
const exchange = (from: string | RegExp, to: string) => (text: string) => {
  const changed = text.replace(from, () => to);
  if (changed === text) throw new Error(`nothing to break: ${String(from)}`);
  return changed;
};

const operators = builtins.operators.map(({ spec }) => spec.name.replace(/[A-Z]/g, (l) => `_${l.toLowerCase()}`));

const descriptionOf = (option: string) => listOptions(groupBy.spec.options).find(({ name }) => name === option)!.description;

const faults: Fault[] = [
  {
    name: 'a typo in a key',
    break: exchange('select: [', 'selcet: ['),
    points: 'selcet',
    says: 'CAD014  sinks.out.ndjson: unknown key "selcet"',
    mend: 'did you mean "select"?',
  },
  {
    name: 'a value of the wrong type',
    break: exchange(/group_by: \{ key: [\w.]+ \}/, 'group_by: { key: [a, b] }'),
    points: '[a, b]',
    carets: 1,
    says: 'CAD013  operators[#].group_by.key: expected text, got a list',
    mend: `key: ${descriptionOf('key')}`,
  },
  {
    name: 'an unknown operator',
    break: exchange('- group_by:', '- group_bye:'),
    points: 'group_bye',
    says: 'CAD016  operators[#]: unknown operator "group_bye"',
    mend: 'did you mean "group_by"?',
  },
  {
    name: 'an operator of somebody else',
    break: exchange('- group_by:', '- frobnicate:'),
    points: 'frobnicate',
    says: 'CAD016  operators[#]: unknown operator "frobnicate"',
    mend: `known: ${operators.join(', ')}`,
  },
  {
    name: 'a missing variable',
    break: exchange('${config.data_dir}', '${OUT_DIR:?where results go}'),
    points: '${OUT_DIR:?where results go}',
    says: 'CAD021  sinks.out.ndjson.path: OUT_DIR is not set',
    mend: 'where results go\n     | try: export OUT_DIR=...      (looked in: environment, ./.env)',
  },
  {
    name: 'a dangling `from`',
    break: exchange('out: { ndjson:', 'out: { from: group_yb, ndjson:'),
    points: 'group_yb',
    says: 'CAD018  sinks.out.from: nothing above is called "group_yb"',
    mend: 'did you mean "group_by"?',
  },
  {
    name: 'a port that is none',
    break: exchange('out: { ndjson:', 'out: { from: group_by.lte, ndjson:'),
    points: 'group_by.lte',
    says: 'CAD018  sinks.out.from: "group_by" has no port "lte"',
    mend: 'its ports: rejected',
  },
  {
    name: 'a bad marble',
    break: (text) => `${text}  - name: bad\n    feed: { ${sourceOf(text)}: { marbles: "a-*b|" } }\n    expect: [ { count: 0 } ]\n`,
    points: '*b|',
    carets: 1,
    says: 'CAD013  tests[#].feed.@.marbles: marbles cannot be read, column 3: "*" is no marble; letters, digits, - ( ) and | are',
    mend: 'marbles: Records as letters, a character a frame: a-b--(cd)|',
  },
  {
    name: 'marbles whose group is not closed',
    break: (text) => `${text}  - name: bad\n    feed: { ${sourceOf(text)}: [] }\n    expect: [ { marbles: 'a-(bc' } ]\n`,
    points: '(bc',
    carets: 1,
    says: 'CAD013  tests[#].expect[0].marbles: marbles cannot be read, column 3: this group is not closed',
    mend: 'marbles: When each comes, a character a frame.',
  },
  {
    name: 'a test that feeds a source that is not there',
    break: (text) => `${text}  - name: bad\n    feed: { ${sourceOf(text)}x: [] }\n    expect: [ { count: 0 } ]\n`,
    points: '[]',
    carets: 1,
    says: 'CAD018  tests[#].feed.@x: no source is called "@x"',
    mend: (text) => `did you mean "${sourceOf(text)}"?`,
  },
];

/** Id of the first source. */
const sourceOf = (text: string): string => /^sources:\n(?: {2}#.*\n)* {2}(\w+):/m.exec(text)![1]!;

/** What a person reads for a file. */
function shown(file: string, text: string): string {
  try {
    loadPipeline(file, text, { registry: builtins, variables: { env: {}, config: () => '/data', lookedIn: 'environment, ./.env' } });
  } catch (error) {
    return showError(error, { color: false }).text;
  }
  return 'no error';
}

const files = readdirSync('pipelines').filter((name) => name.endsWith('.yaml'));

describe('a shipped pipeline', () => {
  for (const file of files) {
    it(`${file} names its schema, so that editors complete and check it`, () => {
      expect(readFileSync(`pipelines/${file}`, 'utf8').split('\n')[0]).to.equal(
        '# yaml-language-server: $schema=../docs/pipeline.schema.json',
      );
    });
  }
});

describe('a broken copy of', () => {
  it('no pipeline: as they are shipped they are sound', () => {
    expect(files.length).to.be.greaterThan(2);
    for (const file of files) expect(shown(file, readFileSync(`pipelines/${file}`, 'utf8')), file).to.equal('no error');
  });

  for (const file of files) {
    describe(file, () => {
      for (const fault of faults) {
        it(`with ${fault.name} is told with line, column and the mend`, () => {
          const original = readFileSync(`pipelines/${file}`, 'utf8');
          const text = fault.break(original);
          const at = text.lastIndexOf(fault.points);
          const before = text.slice(0, at).split('\n');
          const [line, column] = [before.length, before.at(-1)!.length + 1];
          const index = fault.says.includes('tests[') ? original.match(/^ {2}- name:/gm)!.length : operatorIndex(original);
          const says = fault.says.replace('[#]', `[${index}]`).replaceAll('@', sourceOf(text));
          const mend = typeof fault.mend === 'string' ? fault.mend : fault.mend(text);
          expect(shown(file, text)).to.equal(`${file}:${line}:${column}  error ${says}
${String(line).padStart(4)} | ${text.split('\n')[line - 1]}
     | ${' '.repeat(column - 1)}${'^'.repeat(fault.carets ?? fault.points.length)} ${mend}

1 error in ${file}.  Nothing was started.  Exit 78.
`);
        });
      }
    });
  }
});

/** Where `group_by` stands in the chain. */
const operatorIndex = (text: string): number =>
  [.../^operators:\n((?: .*\n)+)/m.exec(text)![1]!.matchAll(/^ {2}- (\w+):/gm)].findIndex(([, verb]) => verb === 'group_by');
