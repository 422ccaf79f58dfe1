/** Names of fields whose numbers name things, say when, or are codes: no amount of anything. */
const noMeasure =
  /(?:id|pid|tid|port|line|version|code|status|level|severity|priority|year|month|day|ts|time|timestamp|date|epoch|seq|sequence|offset|index|errno|v)$/;

/** Names come again and again; bounded, since they come from outside. */
const MOST_NAMES = 4096;
const known = new Map<string, boolean>();

/** Whether a field of this name holds an amount: `duration_ms`, `bytes`, `responseTime` and `lag`, not `pid` or `timestamp`. */
export function isMeasure(name: string): boolean {
  let answer = known.get(name);
  if (answer === undefined) {
    const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
    answer =
      plain.length > 0 &&
      (/(?:response|request|process|elapsed|wait|queue|upstream|duration)time$|timetaken$/.test(plain) || !noMeasure.test(plain));
    if (known.size >= MOST_NAMES) known.clear();
    known.set(name, answer);
  }
  return answer;
}
