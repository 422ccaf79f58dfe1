import type { Io } from '../io.ts';
import type { Transport } from './transport.ts';

/** How often it is looked, milliseconds: what is over within two looks is not worth a word. */
const every = 1_000;

export interface TellTroubleOptions {
  io: Pick<Io, 'sleep'>;
  transport: Pick<Transport, 'trouble'>;
  signal: AbortSignal;
  tell(text: string): void;
}

/** Says what an engine is waited for, and that it is back, until the signal aborts. Nothing is lost meanwhile. */
export async function tellTrouble({ io, transport, signal, tell }: TellTroubleOptions): Promise<void> {
  let seen: number | null = null;
  let announced = '';
  while (!signal.aborted) {
    const now = transport.trouble?.() ?? null;
    if (now && now.since === seen && now.why !== announced) {
      announced = now.why;
      tell(`The engine is waited for: ${now.why}.`);
    }
    if (!now && announced !== '') {
      announced = '';
      tell('The engine is back.');
    }
    seen = now?.since ?? null;
    await io.sleep(every, signal).catch(() => undefined);
  }
}
