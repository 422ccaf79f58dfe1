import type { Finding } from '../../signal.ts';
import { shown } from '../text/line.ts';
import { shortIds } from '../text/shortIds.ts';
import { cut } from '../text/text.ts';
import { parseTime, clock } from '../text/time.ts';
import { readLines, writeFacts } from './messageFacts.ts';
import { writeSubject } from './messageSubject.ts';
import { writeEnd } from './messageEnd.ts';

/** An address to go to, by what is there. */
export interface MessageLink {
  name: string;
  href: string;
}

/** What stands in a message beside the finding. */
export interface MessageAround {
  /** Who it is for, and whether others have more to do with it. */
  owner?: string | undefined;
  links?: readonly MessageLink[] | undefined;
  /** Sources that give nothing although they should, and all there are. */
  blind?: { of: number; silent: number } | undefined;
  /** It is for somebody to know of who has other groups of it: it calls nobody. */
  note?: boolean | undefined;
  /** It began and ended while the receiver could not be reached. */
  late?: boolean | undefined;
}

/** A message to a person, in its parts: every receiver writes them in its own way. All of it is harmless text of one line each. */
export interface Message {
  /** `critical`, `warning`, `acked`, `resolved` */
  word: string;
  /** What it is about: the same from the first message to the last. */
  subject: string;
  /** Of what is over, how long it was on. */
  end: string | null;
  /** Since when, how much, what is in common, what was before; a line each. */
  facts: readonly string[];
  lines: readonly { at: string; text: string }[];
  /** Whose it is, and what cannot be seen. */
  notes: readonly string[];
  links: readonly MessageLink[];
  /** Whether it asks for an answer: it is on, and for whoever reads it to mend. */
  asks: boolean;
  /** The short id. */
  id: string;
}

/** Columns of a line of a message: a phone shows some six of its own for one. */
const longestLine = 300;
const tidy = (text: string, room = longestLine): string => cut(shown(text, { ascii: false }), room);

/** What a person is sent of a finding. The same for the same finding, so that a message can be replaced by its update. */
export function describeMessage(finding: Finding, around: MessageAround = {}): Message {
  const isOver = finding.state === 'resolved';
  const { owner, links = [], blind } = around;
  return {
    word: around.note === true ? `note: ${isOver ? 'resolved' : finding.severity}` : writeWord(finding, around.late === true),
    subject: tidy(writeSubject(finding), 200),
    end: isOver ? tidy(writeEnd(finding, around.late === true)) : null,
    facts: writeFacts(finding).map((line) => tidy(line)),
    lines: (isOver ? [] : readLines(finding)).map(({ at, text }) => ({ at: clock(parseTime(at), 'UTC'), text: tidy(text, 200) })),
    notes: [
      ...(owner === undefined ? [] : [tidy(`owner ${owner}.`)]),
      ...(blind === undefined || blind.silent === 0 ? [] : [`blind: ${blind.silent} of ${blind.of} sources.`]),
    ],
    links,
    asks: !isOver && around.note !== true,
    id: tidy(shortIds([finding.id])(finding.id), 16),
  };
}

const writeWord = ({ state, severity }: Finding, late: boolean): string => (state === 'firing' || late ? severity : state);

/** `[critical] billing: connection lost, and 6 more services` */
export const writeTitle = ({ word, subject }: Pick<Message, 'word' | 'subject'>): string => `[${word}] ${subject}`;
