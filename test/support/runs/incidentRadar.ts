import { writeFileSync } from 'node:fs';
import { main } from '../../../src/cli/program.ts';
import type { Event } from '../../../src/event.ts';
import type { Blip } from '../../../src/signal.ts';
import { incidentEvents, midnight } from '../incident.ts';
import { temporaryFolder, testIo } from '../testIo.ts';

const minute = 60_000;
const end = midnight + 215 * minute;

/** Runs a command line in this process, by the clock of the incident's end. */
export async function caducus(args: string[]) {
  const io = testIo({ env: { HOME: '/nonexistent', USER: 'ana' }, start: end });
  const exit = await main(args, '0.0.0-test', io);
  return { exit, out: io.stdout.text, err: io.stderr.text };
}

export const toLines = (events: readonly Event[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('');

/** A data folder from which the radar of an incident's log has been shown: what commands are asked about that recall it. */
export function incidentRadar() {
  const folder = temporaryFolder();
  const log = folder.file('incident.ndjson');
  const data = ['--data-dir', folder.file('d')];
  const events = incidentEvents(end, undefined, midnight + 120 * minute);
  let disk: Blip;

  before(async () => {
    writeFileSync(log, toLines(events));
    const { out } = await caducus(['radar', log, '--window', '5m', '--json', ...data]);
    disk = (JSON.parse(out) as { earlier: Blip[] }).earlier[0]!;
  });
  return {
    folder,
    log,
    data,
    events,
    /** The disk failure, as the radar had it. */
    disk: () => disk,
  };
}
