import { createVerify, X509Certificate } from 'node:crypto';

/** What SNS posts, as far as the signature covers it. */
export interface SnsMessage {
  Type: 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';
  MessageId: string;
  TopicArn: string;
  Message: string;
  Timestamp: string;
  SignatureVersion: string;
  Signature: string;
  SigningCertURL: string;
  Subject?: string | undefined;
  Token?: string | undefined;
  SubscribeURL?: string | undefined;
}

/** SNS's own hosts: `sns.<region>.amazonaws.com`, and those of China. */
const snsHost = /^sns\.[a-z]{2,4}(-[a-z]+)+-\d{1,2}\.amazonaws\.com(\.cn)?$/;

/** Whether an address is SNS's own: only there may a certificate come from, and a subscription be confirmed. */
export function isSnsUrl(text: string): boolean {
  try {
    const { protocol, hostname, port, username } = new URL(text);
    return protocol === 'https:' && port === '' && username === '' && snsHost.test(hostname);
  } catch {
    return false;
  }
}

/** Fields that are signed, in their order; each as name, line feed, value, line feed. Source: SNS developer guide, "Verifying the signatures of Amazon SNS messages". */
const signedFields = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
} as const satisfies Record<SnsMessage['Type'], readonly (keyof SnsMessage)[]>;

/** The text that SNS signs. */
export const signedText = (message: SnsMessage): string =>
  signedFields[message.Type].map((field) => (message[field] === undefined ? '' : `${field}\n${message[field]}\n`)).join('');

/** Certificates by address. SNS has one or two a region. */
const certificatesKept = 16;

/** Checks signatures. Certificates are fetched once and used while they are valid. */
export class SnsVerifier {
  readonly #fetchText: (url: string) => Promise<string>;
  readonly #certificates = new Map<string, X509Certificate>();

  constructor(fetchText: (url: string) => Promise<string>) {
    this.#fetchText = fetchText;
  }

  /** null when the message is from SNS, otherwise why it is not believed. Rejects when the certificate cannot be fetched. */
  async problem(message: SnsMessage, now: number): Promise<string | null> {
    if (!isSnsUrl(message.SigningCertURL) || !message.SigningCertURL.endsWith('.pem')) return 'the certificate is not at an address of SNS';
    const algorithm = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' }[message.SignatureVersion];
    if (algorithm === undefined) return 'unknown signature version';
    const certificate = await this.#certificate(message.SigningCertURL);
    if (now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo))
      return 'the certificate is not valid at this time';
    const verify = createVerify(algorithm).update(signedText(message), 'utf8');
    return verify.verify(certificate.publicKey, message.Signature, 'base64') ? null : 'the signature does not match';
  }

  async #certificate(url: string): Promise<X509Certificate> {
    const known = this.#certificates.get(url);
    if (known) return known;
    const certificate = new X509Certificate(await this.#fetchText(url));
    if (this.#certificates.size >= certificatesKept) this.#certificates.clear();
    this.#certificates.set(url, certificate);
    return certificate;
  }
}
