import { expect } from 'chai';
import type { CaducusErrors } from '../../src/errors.ts';
import { pathText, YamlDocument } from '../../src/pipeline/yamlDocument.ts';

const text = 'name: p\noperators:\n  - memory: { window: "5m" }\n  - rank:\n';
const yaml = new YamlDocument('p.yaml', text);
const problems = (broken: string): string[] => {
  try {
    new YamlDocument('p.yaml', broken).toData();
    return [];
  } catch (error) {
    return (error as CaducusErrors).errors.map(({ message, hint }) => `${message.split('\n')[0]} | ${hint.slice(0, 30)}`);
  }
};
const place = ({ line, column, path }: { line?: number | undefined; column?: number | undefined; path?: string | undefined }) =>
  `${line}:${column} ${path ?? ''}`;

describe('a YAML file', () => {
  it('says where the value at a path stands, or the nearest part that is there', () => {
    expect(place(yaml.whereIs(['operators', 0, 'memory', 'window']))).to.equal('3:23 operators[0].memory.window');
    expect(place(yaml.whereIs(['operators', 0, 'memory', 'gone']))).to.match(/^3:13 /);
    expect(place(yaml.whereIs(['gone']))).to.match(/^1:1 /);
    expect(yaml.whereIs(['name']).excerpt).to.deep.equal({ text: 'name: p', length: 1 });
  });

  it('says where a key stands, and one character of a text behind its quote', () => {
    expect(place(yaml.whereIsKey(['operators', 0, 'memory'], 'window'))).to.equal('3:15 operators[0].memory');
    expect(place(yaml.whereWithin(['operators', 0, 'memory', 'window'], 1))).to.match(/^3:25 /);
  });

  it('that does not parse is refused with its place, and how to mend what is usual', () => {
    expect(problems('a: [1, 2\nb: 3')[0]).to.match(/^p\.yaml:\d+:\d+ {2}error CAD012/);
    expect(problems('a: { b: ${NAME} }').join()).to.include('inside { } and [ ]');
    expect(problems('a: !tag x')[0]).to.include('CAD012');
  });

  it('holds no alias bomb', () => {
    const bomb = `a: &a [x]\n${'bcdefgh'
      .split('')
      .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]`)
      .join('\n')}\n`;
    expect(problems(bomb)[0]).to.include('CAD012');
  });

  it('writes paths as people do', () =>
    expect([pathText(['operators', 2, 'memory']), pathText([])]).to.deep.equal(['operators[2].memory', '']));
});
