import type { Trouble } from '../base/trouble.ts';
import { LogGroups } from './cloudwatch/logGroups.ts';
import { openLogsApi, type LogsApi } from './cloudwatch/logsApi.ts';
import { cloudWatchOptions, type CloudWatchOptions } from './cloudwatch/options.ts';
import { Poll } from './cloudwatch/poll.ts';
import { defineSource, type OpenSource, type SourceBatch, type SourceContext } from './source.ts';

/** Parts that the log groups are shared out in. They stay the same, since each has its cursors. */
const parts = 8;

function open(options: CloudWatchOptions, context: SourceContext): OpenSource {
  let api: LogsApi | undefined;
  let poll: Poll | undefined;
  let groups: LogGroups | undefined;
  let trouble: Trouble | null = null;
  const failing = (now: Trouble | null) => void (trouble = now);
  async function* batches(): AsyncGenerator<SourceBatch> {
    try {
      const share = () => groups?.share ?? 1 / (context.part?.of ?? 1);
      api = await openLogsApi(options, { ...context, failing, share });
      groups = new LogGroups(api, options, context);
      poll = new Poll(api, groups, options, context);
      yield* poll.batches();
    } catch (error) {
      // Being stopped while waiting is the usual end.
      if (!context.signal.aborted) throw error;
    }
  }
  return { batches: batches(), trouble: () => trouble ?? poll?.trouble ?? null, close: async () => api?.close() };
}

/**
 * Events of CloudWatch log groups, by polling FilterLogEvents. Each poll looks back by `overlap` and leaves out the ids
 * it has seen, so events that reach CloudWatch late are neither lost nor given twice. The position is a cursor a group,
 * with the ids of its overlap.
 *
 * Group ids are `cloudwatch:<log group>`. Where the same name is already taken by another account or region in this
 * data folder they are `cloudwatch:<account>/<region>:<log group>`; see `qualify` and `group_id`.
 *
 * On an engine the log groups are shared out among the processes where their names do not depend on the data folder
 * (`qualify: always` or `never`, or a `group_id`), and their calls with them.
 *
 * Throws CAD060 to CAD069: credentials, region, permissions, unknown group, network, throttling that does not end.
 */
export const cloudwatchLogs = defineSource({
  name: 'cloudwatch-logs',
  summary: 'Reads CloudWatch log groups, by name, prefix or pattern.',
  options: cloudWatchOptions,
  // Also without `follow`: what a group holds can still grow at the old end, so it is merged by arrival.
  live: true,
  // What a group is called must not depend on which machine has named it first.
  readers: ({ follow, qualify, groupId }) => (follow && (qualify !== 'auto' || groupId !== undefined) ? { parts } : 'one'),
  redelivers: true,
  // A cursor a group: further groups, another filter, start or address leave the cursors of the others where they are.
  identity: ({ account, profile, region }) => ({ account, profile, region }),
  open,
});
