/** What can wait: the `sleep` of the outside. Rejects when the signal aborts first. */
export interface Sleeper {
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Waits that long; false when the signal aborted meanwhile. */
export async function waited(io: Sleeper, ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await io.sleep(ms, signal);
    return !signal.aborted;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
