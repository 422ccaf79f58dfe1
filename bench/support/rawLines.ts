import { lines } from '../../src/formats/lines/lines.ts';

/**
 * How the lines stood in the logs the benchmark's tables were cut from, by system (the `log_format` of Zhu et al., "Tools
 * and Benchmarks for Automated Log Parsing", ICSE 2019). A part in square brackets goes when its column is empty.
 */
const layouts: Record<string, string> = {
  Android: '<Date> <Time>  <Pid>  <Tid> <Level> <Component>: <Content>',
  Apache: '\\[<Time>\\] \\[<Level>\\] <Content>',
  BGL: '<Label> <Timestamp> <Date> <Node> <Time> <NodeRepeat> <Type> <Component> <Level> <Content>',
  Hadoop: '<Date> <Time> <Level> \\[<Process>\\] <Component>: <Content>',
  HDFS: '<Date> <Time> <Pid> <Level> <Component>: <Content>',
  HealthApp: '<Time>|<Component>|<Pid>|<Content>',
  HPC: '<LogId> <Node> <Component> <State> <Time> <Flag> <Content>',
  Linux: '<Month> <Date> <Time> <Level> <Component>[\\[<PID>\\]]: <Content>',
  Mac: '<Month>  <Date> <Time> <User> <Component>\\[<PID>\\][ (<Address>)]: <Content>',
  OpenSSH: '<Date> <Day> <Time> <Component> sshd\\[<Pid>\\]: <Content>',
  OpenStack: '<Logrecord> <Date> <Time> <Pid> <Level> <Component> \\[<ADDR>\\] <Content>',
  Proxifier: '\\[<Time>\\] <Program> - <Content>',
  Spark: '<Date> <Time> <Level> <Component>: <Content>',
  Thunderbird: '<Label> <Timestamp> <Date> <User> <Month> <Day> <Time> <Location> <Component>[\\[<PID>\\]]: <Content>',
  Windows: '<Date> <Time>, <Level>                  <Component>    <Content>',
  Zookeeper: '<Date> <Time> - <Level>  \\[<Node>:<Component>@<Id>\\] - <Content>',
};

type Row = Readonly<Record<string, string>>;

/** The line a row was cut from; for a system without a known layout, its columns with blanks between. */
export function toRawLine(system: string, row: Row): string {
  const layout =
    layouts[system] ??
    Object.keys(row)
      .filter((c) => !['LineId', 'EventId', 'EventTemplate'].includes(c))
      .map((c) => `<${c}>`)
      .join(' ');
  const optional = layout.replace(/(?<!\\)\[((?:\\.|[^\]\\])*)\]/g, (_all, part: string) => {
    const column = /<(\w+)>/.exec(part)?.[1] ?? '';
    return row[column] ? part : '';
  });
  return optional
    .replace(/<(\w+)>/g, (_all, column: string) => row[column] ?? '')
    .replaceAll('\\[', '[')
    .replaceAll('\\]', ']');
}

/** The messages of raw lines as the `lines` format finds them, one a line. */
export function readMessages(rawLines: readonly string[]): string[] {
  const parser = lines.create(lines.options.parse({ multiline: false }), {}, null);
  const bytes = new TextEncoder().encode(rawLines.map((line) => `${line.replaceAll('\n', ' ')}\n`).join(''));
  const items = [...parser.push(bytes), ...parser.end()];
  if (items.length !== rawLines.length) throw new RangeError(`${rawLines.length} lines gave ${items.length} records`);
  return items.map((item) => (item.kind === 'draft' ? item.text : item.original));
}
