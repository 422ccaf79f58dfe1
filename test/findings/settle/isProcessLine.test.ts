import { expect } from 'chai';
import { isOfChange } from '../../../src/findings/settle/isOfChange.ts';
import { isProcessLine } from '../../../src/findings/settle/isProcessLine.ts';

describe('isProcessLine', () => {
  const are = [
    'received SIGTERM, draining',
    'shutdown complete after 310 ms',
    'starting release v412',
    'server listening on port 8080',
    'Started OrdersApplication in 3.2 seconds',
    'Application startup complete.',
    'Shutting down',
    'graceful shutdown requested',
  ];
  const arent = [
    'nightly job reconcile started',
    'export finished',
    'starting transaction for order 7',
    'listening to events of user',
    'request started',
    'drained 0 items',
  ];
  for (const text of are) it(`${text}: a process`, () => expect(isProcessLine(text)).to.equal(true));
  for (const text of arent) it(`${text}: none`, () => expect(isProcessLine(text)).to.equal(false));
});

describe('isOfChange', () => {
  const cases: [string, string, boolean][] = [
    ['orders', 'orders v412', true],
    ['cloudwatch:/aws/lambda/orders', 'deploy orders v412', true],
    ['cloudwatch:/aws/lambda/order-mail', 'orders v412', false],
    ['order-mail', 'order-mail: v3', true],
    ['hdfs', 'network maintenance', false],
    ['', 'x', false],
  ];
  for (const [group, text, is] of cases)
    it(`${text} is ${is ? '' : 'not '}of ${group}`, () => expect(isOfChange(group, text)).to.equal(is));
});
