/**
 * A record was found at which an operator fails. The machine is void; taken up again it does as if that record had been
 * rejected before it came to it.
 */
export class SetBack extends Error {
  override readonly name = 'SetBack';
}

/** Does a piece of work, and anew from its newest checkpoint as often as its machine is set back. */
export async function workAgain(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SetBack)) throw error;
    }
  }
}
