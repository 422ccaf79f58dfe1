import type { MarkRequest } from '../../client.ts';

/** What is being written. */
export interface Asked {
  type: MarkRequest['type'];
  target: string;
  /** Why it was refused; empty when it was not. */
  error: string;
  busy: boolean;
}

/** An answer while a person writes it: it is kept, or refused with a word why, and then it can be mended. */
export class Answering {
  asked: Asked | null = null;
  readonly #send: (request: MarkRequest) => Promise<unknown>;

  constructor(send: (request: MarkRequest) => Promise<unknown>) {
    this.#send = send;
  }

  begin(type: MarkRequest['type'], target: string): void {
    this.asked = { type, target, error: '', busy: false };
  }

  drop(): void {
    this.asked = null;
  }

  /** Resolves to whether it was kept. `changed` is called when there is something else to show. */
  async send(request: MarkRequest, changed: () => void): Promise<boolean> {
    const { asked } = this;
    if (!asked || asked.busy) return false;
    Object.assign(asked, { busy: true, error: '' });
    changed();
    try {
      await this.#send(request);
      if (this.asked === asked) this.asked = null;
      return true;
    } catch (error) {
      Object.assign(asked, { busy: false, error: error instanceof Error ? error.message : String(error) });
      return false;
    }
  }
}
