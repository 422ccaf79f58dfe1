import { bare } from './sockets.ts';

/** Where mail is handed in. */
export interface MailServer {
  /** A name or an address, IPv6 with or without brackets. */
  host: string;
  port: number;
  /** TLS from the first byte (RFC 8314); without it STARTTLS is used where the server offers it. */
  secure: boolean;
  /** Refuse to go on when TLS cannot be had. */
  requireTls: boolean;
  /** Who logs in; null: nobody does. */
  login: { user: string; password: string } | null;
}

/** A mail of plain text (RFC 5322). */
export interface Mail {
  from: string;
  to: readonly string[];
  subject: string;
  text: string;
  /** Its own id, with its brackets. */
  messageId: string;
  /** Id of the mail that it follows. */
  inReplyTo?: string | undefined;
  priority: 'high' | 'normal' | 'low';
}

/** What a server answered at last: a reply code of SMTP (RFC 5321, 4.2) and its text. */
export interface MailReply {
  code: number;
  text: string;
}

/**
 * Hands one mail to a server. Gives the reply that decided: 250 when all addresses were taken, otherwise the first refusal. Rejects when
 * the server did not come to the mail, with an Error whose `cause.code` says why (`ECONNREFUSED`, `ETLS`, `SMTP 535 ...`); with the
 * signal's reason when that aborts.
 */
export async function sendMail({ host, port, secure, requireTls, login }: MailServer, mail: Mail, signal: AbortSignal): Promise<MailReply> {
  const { createTransport } = await import('nodemailer');
  const auth = login === null ? {} : { auth: { user: login.user, pass: login.password } };
  const transport = createTransport({
    host: bare(host),
    port,
    secure,
    requireTLS: requireTls,
    ...auth,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const headers = mail.inReplyTo === undefined ? {} : { inReplyTo: mail.inReplyTo, references: mail.inReplyTo };
  try {
    const { from, to, subject, text, messageId, priority } = mail;
    const sent = await transport.sendMail({ from, to: [...to], subject, text, messageId, priority, ...headers, signal });
    const refused = sent.rejectedErrors?.[0] as Failure | undefined;
    return refused ? readReply(refused) : readReply({ response: sent.response, responseCode: 250 });
  } catch (error) {
    signal.throwIfAborted();
    const failure = error as Failure;
    if (ofMail.has(failure.code ?? '') && failure.response) return readReply(failure);
    throw notSent(failure);
  } finally {
    transport.close();
  }
}

/** Codes of nodemailer for what is refused of a mail, its addresses or its text; whatever else is refused is between the server and us. */
const ofMail = new Set(['EENVELOPE', 'EMESSAGE']);

/** What of an error of nodemailer is read. */
interface Failure {
  responseCode?: number;
  response?: string;
  code?: string;
  originalCode?: string;
}

/** Only the code is kept, and what the server answered: the rest may show the login. */
function notSent({ code = 'ECONNECTION', originalCode = code, response }: Failure): Error {
  const isRefused = response !== undefined && code !== 'ETLS';
  return new Error('mail was not sent', { cause: { code: isRefused ? `SMTP ${response.slice(0, 200)}` : originalCode } });
}

const readReply = ({ responseCode = 0, response = '' }: Failure): MailReply => ({ code: responseCode, text: response });
