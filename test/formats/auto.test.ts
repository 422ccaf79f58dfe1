import { expect } from 'chai';
import { detect } from '../../src/formats/auto.ts';
import type { FormatOption } from '../../src/formats/index.ts';
import { bytesOf, isoTimes, parseAll } from './parse.ts';
import { partly } from '../support/typed.ts';

describe('auto', () => {
  const inputs: [string, string][] = [
    ['lines', '{"msg":"x"}\n'],
    ['lines', '\n\n  {"msg":"x"}\n'],
    ['lines', '{"msg":"cut'],
    ['lines', '{"__REALTIME_TIMESTAMP":"1714557600000000","MESSAGE":"x"}\n'],
    ['lines', '{"log":"x\\n","stream":"stdout","time":"2024-05-01T10:00:00Z"}\n'],
    ['hdfs', '\uFEFFdate,time,level,component,pid,content,block_id,anomaly\n'],
    ['hdfs', 'Date,Time,Level,Component,Pid,Content,block_id,anomaly,source\r\n'],
    ['csv', 'timestamp,message\n'],
    ['csv', 'LineId;Date;Time;Content\n'],
    ['lines', '2024-05-01 10:00:00 INFO time, message and so on\n'],
    ['lines', 'hello, world\n'],
    ['lines', '{ not json }\n'],
    ['lines', ''],
  ];
  for (const [format, input] of inputs) {
    it(`takes ${JSON.stringify(input.slice(0, 50))} for ${format}`, () => {
      expect(detect(bytesOf(input))).to.equal(format);
    });
  }

  it('hands on how naive stamps are read', () => {
    const format = partly<FormatOption>({ auto: { timeZone: 'Europe/Berlin' } });
    for (const input of [
      '2024-07-01 12:00:00 x\n',
      '{"time":"2024-07-01 12:00:00","msg":"x"}\n',
      'time,message\n2024-07-01 12:00:00,x\n',
    ]) {
      expect(isoTimes(parseAll(format, input))).to.deep.equal(['2024-07-01T10:00:00.000Z']);
    }
  });

  it('decides alike however the bytes are cut, blanks in front or not', () => {
    const input = '\tat a.b(C.java:1)\n03.06.2024\tx\n2024-05-01 1';
    const whole = parseAll('auto', input);
    for (let cut = 1; cut < input.length; cut += 1) expect(parseAll('auto', input, [cut])).to.deep.equal(whole);
  });

  it('has nothing to say about nothing', () => {
    expect(parseAll('auto', '')).to.deep.equal([]);
    expect(parseAll('auto', '\n \n')).to.deep.equal([]);
  });
});
