import { expect } from 'chai';
import { xmlRecord } from '../../../src/formats/lines/xmlRecord.ts';

describe('an element of XML as a record', () => {
  const cases: Record<string, [text: string, record: Record<string, string> | null]> = {
    'attributes of the outermost': ['<event level="ERROR" logger=\'a.b\'/>', { level: 'ERROR', logger: 'a.b' }],
    'texts of the innermost': ['<r><date>2024</date><level>INFO</level></r>', { date: '2024', level: 'INFO' }],
    'prefixes go': ['<x:event y:level="WARN"><x:message>slow</x:message></x:event>', { level: 'WARN', message: 'slow' }],
    'text kept as it is': ['<r a="1"><m><![CDATA[a < b\n  c]]></m></r>', { a: '1', m: 'a < b\n  c' }],
    entities: ['<r><m>a &lt; b &amp; &#65;</m></r>', { m: 'a < b & A' }],
    'an attribute within': [
      '<E><Time At="10:00"/><Provider Name="p" Guid="g"/></E>',
      { Time: '10:00', ProviderName: 'p', ProviderGuid: 'g' },
    ],
    'fields by name': ['<E><D><Data Name="user">ann</Data><Data Name="host">web1</Data></D></E>', { user: 'ann', host: 'web1' }],
    'the first of two': ['<E><Level>2</Level><Info><Level>Error</Level></Info></E>', { Level: '2' }],
    'comments and instructions': ['<?xml version="1.0"?><r><!-- x --><m>y</m></r>', { m: 'y' }],
    'text by itself': ['<alert>disk is full</alert>', { message: 'disk is full' }],
    'no declared spaces': ['<E xmlns="x" xmlns:a="y" b="1"/>', { b: '1' }],
    'a name of the prototype': ['<r><__proto__>x</__proto__></r>', JSON.parse('{"__proto__":"x"}') as Record<string, string>],
    'one that is not closed': ['<r><m>y</m>', null],
    'one closed crosswise': ['<r><m>y</r></m>', null],
    'a list of them': ['<E><r><m>y</m></r><r><m>z</m></r></E>', null],
    'two of them': ['<r><m>y</m></r><r/>', null],
    'something behind it': ['<r><m>y</m></r> and more', null],
    'no element': ['<W>2024-06-03 refused', null],
    'nothing in it': ['<r></r>', null],
  };
  for (const [what, [text, record]] of Object.entries(cases)) it(what, () => expect(xmlRecord(text)).to.deep.equal(record));
});
