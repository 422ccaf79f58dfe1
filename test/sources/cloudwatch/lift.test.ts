import { expect } from 'chai';
import { lift } from '../../../src/sources/cloudwatch/lift.ts';

const id = '0a1b2c3d-0000-4000-8000-00000000abcd';
const time = '2026-03-14T03:05:32.123Z';

describe('what a log message of AWS says besides its text', () => {
  for (const [what, message, text, level, requestId] of [
    ['is the header of Node', `${time}\t${id}\tERROR\tno disk\n`, 'no disk', 'ERROR', id],
    ['is no request id before the first request', `${time}\tundefined\tWARN\tcold`, 'cold', 'WARN', null],
    ['is the header of Python', `[WARNING]\t${time}\t${id}\tslow`, 'slow', 'WARN', id],
    ['is the request of a START line', `START RequestId: ${id} Version: 7`, `START RequestId: ${id} Version: 7`, null, id],
    ['is the request that timed out', `${time} ${id} Task timed out`, `${time} ${id} Task timed out`, null, id],
    ['is a level in capitals', 'x ERROR no disk', 'x ERROR no disk', 'ERROR', null],
    ['is a level by its key', 't=1 level=warn msg=x', 't=1 level=warn msg=x', 'WARN', null],
    ['is no level in small letters', 'no error here', 'no error here', null, null],
    ['is no level far behind', `${'x'.repeat(130)} ERROR`, `${'x'.repeat(130)} ERROR`, null, null],
    ['is nothing of a JSON that is cut off', '{"level":"error","m', '{"level":"error","m', null, null],
    ['is nothing of an empty line', '', '', null, null],
  ] as const) {
    it(what, () => {
      expect(lift(message)).to.deep.equal({ text, level, requestId, fields: null });
    });
  }

  it('is in the fields of JSON, which it takes out of the others', () => {
    const message = JSON.stringify({ msg: 'no disk', severity: 'error', request_id: id, disk: 7 });
    expect(lift(message)).to.deep.equal({ text: 'no disk', level: 'ERROR', requestId: id, fields: { disk: 7 } });
  });

  it('is the type and the message of an error object, which stays among the fields as well', () => {
    const error = { name: 'IOError', message: 'no disk', stack: 'at x' };
    expect(lift(JSON.stringify({ error }))).to.deep.include({ text: 'IOError: no disk', fields: { error } });
    expect(lift('{"errorMessage":"late","errorType":"E"}')).to.deep.include({ text: 'late', fields: { errorType: 'E' } });
  });

  it('leaves a JSON without a message as it is, and a level that is none among its fields', () => {
    const message = '{"level":"purple","msg":"","n":1}';
    expect(lift(message)).to.deep.equal({ text: message, level: null, requestId: null, fields: { level: 'purple', msg: '', n: 1 } });
    expect(Object.keys(lift('{"__proto__":{"msg":"x"}}').fields!)).to.deep.equal(['__proto__']);
  });
});
