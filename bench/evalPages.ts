import { listGroups } from '../src/findings/owners/contacts.ts';
import { compile } from '../src/run/entry.ts';
import { playFleetDays, type Played } from './support/oncall/fleetDays.ts';
import { playLines, type Message } from './support/oncall/playLines.ts';

/**
 * Plays days of a fleet with deploys and faults into a pipeline, and says what people would have been sent.
 *
 *   npm run eval:pages -- [--services 60] [--days 7] [--learned 9] [--deploys 2] [--every 8] [--seed 1] [--list] [--pipeline FILE]
 *
 * Every eight hours a fault of a kind begins in a service that had none before. Counted are the messages that begin
 * something on the days after those from which the fleet was learned. A fault is told by the first message that names its
 * service while it is on, or within twenty minutes after.
 */
function value(name: string, otherwise: number): number {
  const at = process.argv.indexOf(name);
  const given = at < 0 ? otherwise : Number(process.argv[at + 1]);
  if (Number.isFinite(given) && given > 0) return given;
  console.error(`${name} takes a number above 0`);
  process.exit(64);
}

const iso = (at: number): string => new Date(at).toISOString().slice(5, 16);

interface Told {
  fault: Played;
  messages: Message[];
}

const names = ({ last }: Message, group: string): boolean => listGroups(last).includes(group);

async function main(): Promise<void> {
  const at = process.argv.indexOf('--pipeline');
  const pipeline = at < 0 ? new URL('support/oncall/fleet.yaml', import.meta.url).pathname : process.argv[at + 1]!;
  const days = value('--days', 7);
  const fleet = playFleetDays({
    services: value('--services', 60),
    days,
    learned: value('--learned', 9),
    deploys: value('--deploys', 2),
    every: value('--every', 8),
    seed: value('--seed', 1),
  });
  const { messages } = playLines(await compile(pipeline), fleet.lines);
  const counted = messages.filter((one) => one.at >= fleet.from);
  const told = fleet.faults.map((fault): Told => ({
    fault,
    messages: counted.filter((one) => one.at >= fault.at && one.at < fault.until && names(one, fault.group)),
  }));
  const ofFaults = new Set(told.flatMap((one) => one.messages));
  const others = counted.filter((one) => !ofFaults.has(one));
  for (const { fault, messages: mine } of told) {
    const after =
      mine[0] && `after ${((mine[0].at - fault.at) / 1000).toFixed(0)} s, ${mine.length} message${mine.length === 1 ? '' : 's'}`;
    console.log(`${fault.name.padEnd(20)}${fault.group}  ${iso(fault.at)}  ${after ?? 'NOT TOLD'}`);
    if (process.argv.includes('--list')) for (const one of mine) console.log(`    ${show(one)}`);
  }
  if (process.argv.includes('--list')) for (const one of others) console.log(`of no fault: ${show(one)}`);
  const seen = told.filter(({ messages: mine }) => mine.length > 0);
  const delays = seen.map(({ fault, messages: mine }) => (mine[0]!.at - fault.at) / 1000).toSorted((a, b) => a - b);
  const once = seen.filter(({ messages: mine }) => mine.length === 1).length;
  console.log(`messages a day ${(counted.length / days).toFixed(1)}, of no fault ${(others.length / days).toFixed(1)}`);
  console.log(
    `faults told ${seen.length} of ${told.length}, median after ${delays[delays.length >> 1] ?? '-'} s, once ${once} of ${seen.length}`,
  );
}

const show = ({ at, until, first }: Message): string =>
  `${iso(at)} ${until === null ? 'open' : iso(until)} ${first.type} ${first.rule} ${first.severity} ${first.group_id} ${first.title} ${JSON.stringify(first.result).slice(0, 60)}`;

await main();
