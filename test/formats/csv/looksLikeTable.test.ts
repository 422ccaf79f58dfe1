import { expect } from 'chai';
import { looksLikeTable } from '../../../src/formats/csv/looksLikeTable.ts';

describe('lines that are a table', () => {
  it('are told from plain lines that hold commas and stamps', () => {
    const plain = [
      ['2024-06-03 10:00:00,123 INFO main, started', '2024-06-03 10:00:01,123 INFO main, ended'],
      ['Hello, world', 'how are you, today'],
      ['time flies, like an arrow', 'fruit flies, like a banana'],
      ['{"a":1,"b":2}', '{"a":1,"b":2}'],
      ['2024-06-03T10:00:00Z|ERROR|Shop.Pay|gone', '2024-06-03T10:00:01Z|INFO|Shop.Pay|back'],
      ['one line, alone'],
      [''],
    ];
    for (const lines of plain) expect(looksLikeTable(lines), lines[0]).to.equal(false);
  });
});
