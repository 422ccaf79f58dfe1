import { z } from 'zod';
import { duration } from '../../../config/scalars.ts';
import type { OpenSink, SinkContext } from '../sink.ts';
import { Shipment, type Carry } from './shipment.ts';

/** Options of every sink that ships records in batches; spread them into its strict object. */
export const shipmentOptions = {
  batch: z.int().min(1).max(10_000).default(500).describe('Records that are sent together at most.'),
  maxOutbox: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(10_000)
    .describe('Records that may wait for a receiver that is away; they are part of the checkpoint. With more the run waits.'),
  timeout: duration.prefault('10s').describe('How long an answer may take.'),
  drain: duration.prefault('10s').describe('How long the end of a run waits for what is under way.'),
};

export type ShipmentSettings = z.output<z.ZodObject<typeof shipmentOptions>> & { select: readonly string[] };

/** A sink that ships what is selected, over the outbox of `Shipment`. `close` is called when all is over. */
export function openShipment(
  { select, batch, maxOutbox, timeout, drain }: ShipmentSettings,
  { io, id, pipeline, from }: SinkContext,
  { carry, close = async () => {} }: { carry: Carry; close?: () => Promise<void> },
): OpenSink {
  const shipment = new Shipment({ io, id, pipeline, from, carry, batch, maxOutbox, timeout, drain }, select);
  return {
    counters: shipment.counters,
    write: (signals) => shipment.write(signals),
    flush: () => shipment.flush(),
    position: () => shipment.position(),
    async close() {
      await shipment.close();
      await close();
    },
    trouble: () => shipment.down,
    note: () =>
      [
        shipment.refused > 0 ? `${shipment.refused} refused: ${shipment.why}` : '',
        shipment.waiting > 0 ? `${shipment.waiting} not delivered` : '',
        shipment.down?.why ?? '',
      ]
        .filter(Boolean)
        .join(', '),
    figures: () => ({
      retried: shipment.retried,
      outbox: shipment.waiting,
      refused: shipment.refused,
      trouble: shipment.down?.why ?? null,
    }),
  };
}
