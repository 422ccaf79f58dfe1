import { expect } from 'chai';
import { readSeverity, readStatus } from '../../../src/formats/messages/alertWords.ts';

describe('words of senders of alerts', () => {
  it('say how something stands, however they are written', () => {
    const words = ['ALARM', 'Re-Triggered', 'Recovered', ' OK ', 'No Data', 'INSUFFICIENT_DATA', 'nonsense', '', 3, null];
    expect(words.map(readStatus)).to.deep.equal(['firing', 'firing', 'resolved', 'resolved', 'no data', 'no data', null, null, null, null]);
  });

  it('say how bad it is: priorities, incident levels, and what loggers write', () => {
    const words = ['P1', 'SEV-2', 'sev_3', 'P5', 'High', 'page', 'Not classified', 'warning', 'CRITICAL', 'P9', 7];
    expect(words.map(readSeverity)).to.deep.equal([
      'FATAL',
      'ERROR',
      'WARN',
      'INFO',
      'ERROR',
      'FATAL',
      'INFO',
      'WARN',
      'FATAL',
      null,
      null,
    ]);
  });

  it('longer than any word say nothing', () => {
    expect([readStatus(`firing${' '.repeat(40)}`), readSeverity(`p1${' '.repeat(40)}`)]).to.deep.equal([null, null]);
  });
});
