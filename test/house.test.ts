import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { groupFiles, product, readHouse, type CodeFile } from '../scripts/house.ts';

/** What a folder and a file may hold before their heads have to say why they hold more. */
const mostFiles = 25;
const mostLines = 250;
/** The words that begin such a reason. */
const reason = { file: /\bOne file, because\b/, folder: /\bOne folder, because\b/ };

/** How much of a file is its head, in characters: imports and what is said before the code begins. */
const headLength = 2000;

const headOf = ({ text }: CodeFile): string => text.slice(0, headLength);

const files = readHouse('.');
const inProduct = files.filter(({ path }) => product.some((folder) => path.startsWith(`${folder}/`)));

/** Lines of these files that match, as `path:line text`. */
function found(among: readonly CodeFile[], pattern: RegExp): string[] {
  return among.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1} ${line.trim()}`] : [])),
  );
}

/** What is said of a finding has its own terms: emitted, reported, sent, announced. A function is a verb: `findX`, not `xOf`. */
const privateName = /(?<![\w$])(?:un)?(?:[Tt]old|[Ss]aid)(?![a-z])\w*|\w(?:Told|Said)(?![a-z])|(?<![\w$])[a-z]\w*Of(?!\w)/;
/** Names of the language, and of JSON Schema. */
const standardNames = /(?<![\w$])(?:indexOf|lastIndexOf|valueOf|getPrototypeOf|setPrototypeOf|asOf|anyOf|oneOf|allOf)(?!\w)/g;
/** Comments and texts, in which the words of plain English may stand. */
const prose = /\/\*[^]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g;
/** Files that read or write what older releases saved, under the keys that it has there. One that needs this no more fails. */
const savedKeys = new Set([
  'src/findings/answers/announcer.ts',
  'src/findings/episodes/episodeTracker.ts',
  'src/findings/episodes/migrateEpisodes.ts',
  'src/findings/episodes/waiting.ts',
  'src/findings/rules/migrateRules.ts',
  'src/findings/schedules/learnedSchedules.ts',
  'src/findings/settle/settling.ts',
  'src/memory/windows/window.ts',
  'src/sinks/webhook/outbox.ts',
]);

/** Lines of code with names of no field's terms. */
const foundPrivate = (among: readonly CodeFile[]): string[] =>
  found(
    among.map((file) => ({
      ...file,
      text: file.text.replace(prose, (some) => some.replaceAll(/[^\n]/g, ' ')).replace(standardNames, ''),
    })),
    privateName,
  );

/** The operators, by the names of their files. */
const verbs = readdirSync('operators')
  .map((name) => name.replace('.ts', ''))
  .filter((name) => name !== 'index');

describe('the house', () => {
  it(`has no file longer than ${mostLines} lines without the reason in its head`, () => {
    const long = files.filter(({ lines }) => lines > mostLines).filter((file) => !reason.file.test(headOf(file)));
    expect(long.map(({ path, lines }) => `${path} ${lines}`)).to.deep.equal([]);
  });

  it(`has no folder of more than ${mostFiles} files without the reason in the head of its index.ts`, () => {
    const crowded = groupFiles(files, ({ folder }) => folder).filter(([, held]) => held.length > mostFiles);
    const unexplained = crowded.filter(([, held]) => {
      const index = held.find(({ path }) => path.endsWith('/index.ts'));
      return index === undefined || !reason.folder.test(headOf(index));
    });
    expect(unexplained.map(([folder, held]) => `${folder} ${held.length}`)).to.deep.equal([]);
  });

  it('hides members with #, never with a keyword: only a constructor can be private', () => {
    expect(found(inProduct, /^\s+(?:private|protected|public) (?!constructor)/)).to.deep.equal([]);
  });

  it('calls nothing told or said, and no function by what it is of, but for keys of saved state', () => {
    expect(foundPrivate(inProduct.filter(({ path }) => !savedKeys.has(path)))).to.deep.equal([]);
    const needless = [...savedKeys].filter((path) => foundPrivate(inProduct.filter((file) => file.path === path)).length === 0);
    expect(needless).to.deep.equal([]);
  });

  it('finds such names where they are, and not in comments, texts and names of the language', () => {
    const path = 'test/fixtures/lint/src/findings/privateNames.ts';
    const text = readFileSync(path, 'utf8');
    const wrong = text.split('\n').flatMap((line, i) => (line.includes('// wrong') ? [i + 1] : []));
    const lines = foundPrivate([{ path, folder: '', text, lines: 0 }]).map((line) => Number(/:(\d+) /.exec(line)![1]));
    expect(lines).to.deep.equal(wrong);
  });

  it('says what is thrown in prose', () => {
    expect(found(inProduct, /@throws/)).to.deep.equal([]);
  });

  it('holds its operators in `operators/`, a verb a file, and the list', () => {
    for (const verb of verbs)
      expect(readFileSync(join('operators', `${verb}.ts`), 'utf8')).to.match(new RegExp(`export (?:const|function) ${verb}\\b`));
  });

  it('has a test of each operator in which marbles run', () => {
    const without = verbs.filter((verb) => {
      const text = readFileSync(join('test/operators', `${verb}.test.ts`), 'utf8');
      return !/\bverify\w*\(\s*(?:'|input)/.test(text);
    });
    expect(without).to.deep.equal([]);
  });
});
