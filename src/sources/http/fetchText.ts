import { withTimeLimit } from '../../base/timeLimit.ts';
import type { Io } from '../../io.ts';

/** Longest wait for SNS, milliseconds; a certificate has 2 kB. */
const timeout = 5_000;
const longest = 64 * 1024;

/** The text at an address. Rejects for redirects, anything but 2xx, more than 64 KiB, and after 5 s. */
export function fetchText(io: Io, url: string): Promise<string> {
  return withTimeLimit(io, timeout, async (signal) => {
    const response = await io.net.fetch(url, { redirect: 'error', signal });
    if (!response.ok) throw new Error(`${new URL(url).host} answered ${response.status}`);
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (text.length > longest) throw new Error(`${new URL(url).host} sent more than ${longest} bytes`);
    }
    return text;
  });
}
