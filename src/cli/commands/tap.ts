import { recordText } from '../../base/recordText.ts';
import { z } from 'zod';
import { signalLine } from '../../views/tables/signalLine.ts';
import { count } from '../../views/text/numbers.ts';
import { askRun } from '../control/askRun.ts';
import type { Tapped } from '../control/answerTap.ts';
import type { TapCounts } from '../control/tapSampler.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, tell } from '../shared/context.ts';
import { several, whole } from '../shared/flags.ts';

/** `caducus tap <pipeline[.operator]>`: a sample of what flows at a point of a running pipeline. */
export const command = defineCommand({
  arguments: z.strictObject({ point: z.string() }),
  flags: z.strictObject({
    match: several('match', 'only what has this: FIELD=VALUE, FIELD=/PATTERN/, a text or a /PATTERN/'),
    limit: whole('end after so many'),
  }),
  examples: [
    'caducus tap hdfs-radar',
    'caducus tap hdfs-radar.normalize --match level=ERROR --limit 20',
    "caducus tap hdfs-radar.memory --match kind=blip --match 'label=/disk/i' --json",
  ],
  async run({ point }, { match, limit = Number.POSITIVE_INFINITY }, context) {
    const dot = point.indexOf('.');
    const [pipeline, from] = dot < 0 ? [point, null] : [point.slice(0, dot), point.slice(dot + 1)];
    const asked = await askRun<Tapped>(pipeline, { ask: 'tap', from, match }, context);
    const style = { ...pictureStyle(context), now: context.io.now() };
    let printed = 0;
    let last: TapCounts | null = null;
    for await (const { signals, counts } of asked.answers) {
      last = counts;
      const wanted = signals.slice(0, limit - printed);
      printed += wanted.length;
      await print(
        context,
        wanted.map((signal) => (context.json ? recordText(signal) : signalLine(signal, style))),
      );
      if (printed >= limit) asked.close();
    }
    if (last) await tell(context, describeCounts(last, printed));
  },
});

/** `20 shown of 48,210 that went by; 48,100 not looked at, 12 more matched.` */
function describeCounts({ seen, unseen, full }: TapCounts, printed: number): string {
  const left = [
    unseen > 0 ? `${count(unseen)} not looked at, so that the run is not slowed` : '',
    full > 0 ? `${count(full)} let go of` : '',
  ];
  const rest = left.filter(Boolean).join(', ');
  return `${count(printed)} shown of ${count(seen)} that went by${rest === '' ? '' : `; ${rest}`}.`;
}
