/** What stood in front of a message. Empty text where it held nothing. */
export interface Header {
  /** Milliseconds since 1970, NaN without a stamp. */
  time: number;
  level: string;
  /** Whether the level is a syslog priority, which a level of the message itself replaces. */
  priority: boolean;
  host: string;
  pid: string;
  /** Program, logger or class. */
  component: string;
  thread: string;
  /** What stood there and fits none of these. */
  other: string;
  /** Whether the stamp stood in the midst of the line, which is all message. */
  midst: boolean;
  /** Where the message begins. */
  bodyAt: number;
  /** Where it ends; 0 for the end of the line. */
  bodyEnd: number;
}

export const emptyHeader = (): Header => ({
  time: Number.NaN,
  level: '',
  priority: false,
  host: '',
  pid: '',
  component: '',
  thread: '',
  other: '',
  midst: false,
  bodyAt: 0,
  bodyEnd: 0,
});

/** One header is used over and over, so that peeling makes little garbage. */
export function clearHeader(header: Header): void {
  header.time = Number.NaN;
  header.level = header.host = header.pid = header.component = header.thread = header.other = '';
  header.priority = header.midst = false;
  header.bodyAt = header.bodyEnd = 0;
}
