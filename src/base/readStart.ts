/** What has a body that comes piece by piece, as an answer over HTTP. */
interface Streamed {
  readonly body: ReadableStream<Uint8Array> | null;
}

/** The beginning of a body as text, of at most so many bytes; the rest is left unread. */
export async function readStart({ body }: Streamed, maxBytes: number): Promise<string> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let left = maxBytes, part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    text += decoder.decode(part.value.subarray(0, left), { stream: true });
    left -= part.value.length;
    if (left <= 0) break;
  }
  await reader?.cancel();
  return text;
}
