/** What has a body that comes piece by piece, as an answer over HTTP. */
interface Streamed {
  readonly body: ReadableStream<Uint8Array> | null;
}

/** The beginning of a body, at most so many bytes; the rest is left unread. */
export async function readStartBytes({ body }: Streamed, maxBytes: number): Promise<Uint8Array> {
  const reader = body?.getReader();
  const start = new Uint8Array(maxBytes);
  let length = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const piece = part.value.subarray(0, maxBytes - length);
    start.set(piece, length);
    length += piece.length;
    if (length >= maxBytes) break;
  }
  await reader?.cancel();
  return start.subarray(0, length);
}

/** The same as text. */
export const readStart = async (streamed: Streamed, maxBytes: number): Promise<string> =>
  new TextDecoder().decode(await readStartBytes(streamed, maxBytes));
