import { expect } from 'chai';
import { z } from 'zod';
import type { Outcome } from '../../../src/sinks/shipping/shipment.ts';
import { openShipment, shipmentOptions } from '../../../src/sinks/shipping/shipmentSink.ts';
import { eventSignal } from '../../../src/testing.ts';
import { virtualIo } from '../../support/virtualIo.ts';

const settings = { ...z.strictObject(shipmentOptions).parse({}), select: ['event'] };
const open = (outcome: Outcome, close?: () => Promise<void>) =>
  openShipment(
    settings,
    { io: virtualIo(), id: 'out', dataDir: '/', from: null, pipeline: 'p' },
    { carry: async () => outcome, ...(close && { close }) },
  );

describe('a sink that ships records', () => {
  it('says what is refused and why, and what waits', async () => {
    const refused = open({ ok: false, retry: false, why: 'host: HTTP 400' });
    await refused.write([eventSignal('a', 1), eventSignal('b', 2)]);
    await refused.flush();
    expect(refused.note!()).to.equal('2 refused: host: HTTP 400');
    expect(refused.figures!()).to.deep.equal({ retried: 0, outbox: 0, refused: 2, trouble: null });
    await refused.close();
    const away = open({ ok: false, retry: true, why: 'host: ECONNREFUSED' });
    await away.write([eventSignal('a', 1)]);
    await away.flush();
    expect(away.note!()).to.equal('1 not delivered, host: ECONNREFUSED');
    await away.close();
  });

  it('closes what carries it when all is over', async () => {
    let left = -1;
    const sink = open({ ok: true }, async () => void (left = sink.counters.held));
    await sink.write([eventSignal('a', 1)]);
    await sink.close();
    expect(left).to.equal(0);
  });
});
