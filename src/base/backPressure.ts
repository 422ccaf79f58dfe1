/**
 * RxJS has no way to ask a source to wait. Between our own ends there is one: whoever subscribes and wants it slow says so
 * while it subscribes, and a source that is subscribed to meanwhile waits for it between its batches.
 */

/** Resolves when there is room for more. */
export type WaitForRoom = () => Promise<void>;

const noBounds: WaitForRoom = async () => {};
let current = noBounds;

/** Subscribes; sources that are reached by it, at once and not later, wait for room between batches. */
export function subscribeWithin<T>(wait: WaitForRoom, subscribe: () => T): T {
  const before = current;
  current = wait;
  try {
    return subscribe();
  } finally {
    current = before;
  }
}

/** What a source that is being subscribed to has to wait for between batches. */
export const roomBehind = (): WaitForRoom => current;
