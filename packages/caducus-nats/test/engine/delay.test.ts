import { JetStreamApiError } from '@nats-io/jetstream';
import { AuthorizationError, NoRespondersError, PermissionViolationError, RequestError, TimeoutError } from '@nats-io/transport-node';
import { CaducusError, Stale } from 'caducus';
import { expect } from 'chai';
import { explainDelay, isNoStream, isWrongLast } from '../../src/engine/delay.ts';

const api = (err_code: number, code: number, description: string) => new JetStreamApiError({ err_code, code, description });
const explain = (error: unknown) => explainDelay(error, 'nats://host:4222');

describe('a delay', () => {
  it('is what passes: no answer, a server that is being restarted, a cluster without a leader', () => {
    const passing = [
      new TimeoutError(),
      new RequestError('no responders', { cause: new NoRespondersError('x') }),
      new Error('the connection was lost'),
      api(10008, 503, 'JetStream system temporarily unavailable'),
      api(10163, 503, 'expected last sequence per subject temporarily unavailable'),
      api(10059, 404, 'stream not found'),
    ];
    for (const error of passing) expect(explain(error)).to.contain('nats://host:4222');
  });

  it('is want of room, which somebody has to make', () => {
    for (const code of [10023, 10047, 10077]) expect(explain(api(code, 503, 'insufficient resources'))).to.contain('has no room left');
  });

  it('is not what stays: a fence, a refusal, what the server does not understand', () => {
    const staying = [
      new Stale('desk'),
      new CaducusError('CAD020', {}, 'no'),
      new AuthorizationError('Authorization Violation'),
      new RequestError('denied', { cause: new PermissionViolationError('Permissions Violation', 'publish', 'x') }),
      api(10071, 400, 'wrong last sequence: 7'),
      api(10003, 400, 'bad request'),
    ];
    for (const error of staying) expect(explain(error)).to.equal(null);
  });

  it('knows the numbers of both kinds of a wrong last sequence, and of a stream that is not there', () => {
    expect([10071, 10164, 10077].map((code) => isWrongLast(api(code, 400, '')))).to.deep.equal([true, true, false]);
    expect([api(10059, 404, ''), api(10014, 404, ''), new Error('stream not found')].map(isNoStream)).to.deep.equal([true, false, false]);
  });
});
