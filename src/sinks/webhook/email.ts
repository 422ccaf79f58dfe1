import { digest } from '../../base/digest.ts';
import type { Finding } from '../../signal.ts';
import { writeTitle } from '../../views/message/message.ts';
import { messageText } from '../../views/message/messageText.ts';
import type { MakeMessage } from './message.ts';
import { usualPorts } from './reachable.ts';
import { readState, type Receiver, type Verdict } from './receiver.ts';

export interface EmailOptions {
  /** `smtp://host:587` or `smtps://host:465`; a user and a password in it log in. */
  url: string;
  /** The password of the user, where it does not stand in the address. */
  password: string | null;
  from: string;
  to: readonly string[];
  message: MakeMessage;
}

/**
 * E-mail over SMTP (RFC 5321): a mail for each change of state, the later ones in the thread of the first. A mail that was sent twice has
 * the same Message-ID. Where somebody logs in, TLS is required.
 */
export function email({ url, password, from, to, message }: EmailOptions): Receiver {
  const { hostname, port, protocol, username, password: inUrl } = new URL(url);
  const secure = protocol === 'smtps:';
  const number = Number(port) || usualPorts[protocol]!;
  const user = decodeURIComponent(username);
  const login = user === '' ? null : { user, password: password ?? decodeURIComponent(inUrl) };
  const server = { host: hostname, port: number, secure, requireTls: login !== null, login };
  const domain = /@([^@>\s]+)>?$/.exec(from)?.[1] ?? hostname;
  const makeId = (finding: Finding) => `<${digest(`${finding.id}\0${finding.since}\0${readState(finding)}`, 24)}@${domain}>`;
  return {
    content: readState,
    minor: () => false,
    call(finding, last) {
      const made = message(finding, last);
      const mail = {
        from,
        to,
        subject: writeTitle(made),
        text: `${messageText(made).join('\n')}\n`,
        messageId: makeId(finding),
        inReplyTo: typeof last?.ref === 'string' ? last.ref : undefined,
        priority: made.asks && finding.severity === 'critical' ? ('high' as const) : ('normal' as const),
      };
      return { method: 'MAIL', url: `${protocol}//${hostname}:${number}`, server, mail };
    },
    keep: (finding, last) => last?.ref ?? makeId(finding),
    verdict: smtpVerdict,
  };
}

/** By reply code (RFC 5321, 4.2.1): 4yz is for now, 5yz for good; but a login that is asked for can be mended without us (RFC 4954, 6). */
function smtpVerdict({ status, text }: { status: number; text: string }): Verdict {
  if (status >= 200 && status < 300) return { ok: true, ref: null };
  return { ok: false, retry: status < 500 || status === 530, why: `SMTP ${text === '' ? status : text.slice(0, 200)}` };
}
