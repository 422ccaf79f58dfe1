import { expect } from 'chai';
import { xmlList } from '../../../src/formats/lines/xmlList.ts';
import { drafts, parseAll } from '../parse.ts';

const entry = (second: number, text: string) => `<e time="2024-06-03T10:00:0${second}Z" level="error"><![CDATA[${text}]]></e>`;

describe('an element around many', () => {
  it('gives each of them, at its own place', () => {
    const text = `<log><!-- <e> -->${entry(0, '<a>')}${entry(1, 'b')}</log>`;
    expect(xmlList(text)!.map(({ record, raw, from }) => [record.message, text.startsWith(raw, from)])).to.deep.equal([
      ['<a>', true],
      ['b', true],
    ]);
  });

  it('is none with one in it, with two kinds, without times, or cut off', () => {
    expect(xmlList(`<log>${entry(0, 'a')}</log>`)).to.equal(null);
    expect(xmlList(`<log>${entry(0, 'a')}<f time="2024-06-03T10:00:00Z">x</f></log>`)).to.equal(null);
    expect(xmlList('<log><e n="1">a</e><e n="2">b</e></log>')).to.equal(null);
    expect(xmlList(`<log>${entry(0, 'a')}${entry(1, 'b')}`)).to.equal(null);
  });

  it('is unpacked on one line, each record with its byte offset', () => {
    const found = drafts(parseAll('auto', `<log>${entry(0, 'ä')}${entry(1, 'b')}</log>\n`));
    expect(found.map(({ text, line, offset, metadata }) => [text, line, offset, metadata.level])).to.deep.equal([
      ['ä', 1, 5, 'error'],
      ['b', 1, 5 + new TextEncoder().encode(entry(0, 'ä')).length, 'error'],
    ]);
  });
});
