import { expect } from 'chai';
import type { Json } from '../../../src/event.ts';
import { unpackOtlp } from '../../../src/formats/json/otlp.ts';

const request = (record: Json, resource: Json = []): Json => ({
  resourceLogs: [{ resource: { attributes: resource }, scopeLogs: [{ scope: { name: 'http' }, logRecords: [record] }] }],
});

describe('unpackOtlp', () => {
  it('lays time, level, text and the attributes of resource, scope and record side by side', () => {
    const service = [{ key: 'service.name', value: { stringValue: 'cart' } }];
    const record = {
      timeUnixNano: '1899688200000000000',
      severityNumber: 18,
      severityText: 'ERROR2',
      body: { stringValue: 'disk full' },
      attributes: [{ key: 'tries', value: { intValue: '3' } }],
      traceId: 'ab',
    };
    expect(unpackOtlp(request(record, service))).to.deep.equal([
      {
        'service.name': 'cart',
        scope: 'http',
        tries: '3',
        timestamp: 1_899_688_200_000,
        level: 'ERROR',
        severity_text: 'ERROR2',
        trace_id: 'ab',
        message: 'disk full',
      },
    ]);
  });

  it('takes severities by their names, and times that are numbers, as JSON of protobuf may have them', () => {
    const levels = ['SEVERITY_NUMBER_TRACE', 'SEVERITY_NUMBER_ERROR4', 'SEVERITY_NUMBER_UNSPECIFIED', 'SEVERITY_NUMBER_X'].map(
      (severityNumber) => unpackOtlp(request({ severityNumber, severityText: 'Warnung' }))![0]!.level,
    );
    expect(levels).to.deep.equal(['TRACE', 'ERROR', 'Warnung', 'Warnung']);
    const [first] = unpackOtlp(request({ timeUnixNano: 1_899_688_200_000_000_000 }))!;
    expect(first!.timestamp).to.equal(1_899_688_200_000);
  });

  it('takes the level from the number, and from the text where there is none', () => {
    const levels = [1, 5, 9, 13, 17, 21, 24, 0, 99].map(
      (severityNumber) => unpackOtlp(request({ severityNumber, severityText: 'Warnung' }))![0]!.level,
    );
    expect(levels).to.deep.equal(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL', 'FATAL', 'Warnung', 'Warnung']);
  });

  it('is null for other JSON, keeps __proto__ as data, and leaves out what is nested beyond sense', () => {
    expect(unpackOtlp({ records: [] })).to.equal(null);
    const [record] = unpackOtlp(request({ attributes: [{ key: '__proto__', value: { stringValue: 'x' } }] }))!;
    expect(Object.keys(record!)).to.include('__proto__');
    let deep: Json = { stringValue: 'x' };
    for (let i = 0; i < 5000; i += 1) deep = { arrayValue: { values: [deep] } };
    expect(JSON.stringify(unpackOtlp(request({ body: deep }))).length).to.be.lessThan(200);
  });
});
