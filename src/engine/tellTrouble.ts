import type { Io } from '../io.ts';
import type { Transport } from './transport.ts';

/** How often it is looked, milliseconds: what is over within two looks is not worth a word. */
const every = 1_000;

export interface TellTroubleOptions {
  io: Pick<Io, 'sleep'>;
  transport: Pick<Transport, 'trouble'>;
  signal: AbortSignal;
  tell(text: string): void;
  /** What is waited for, in the words that people hear; the engine when left out. */
  words?: { waits: string; back: string };
}

const ofEngine = { waits: 'The engine is waited for', back: 'The engine is back' };

/** Says what an engine is waited for, and that it is back, until the signal aborts. Nothing is lost meanwhile. */
export async function tellTrouble({ io, transport, signal, tell, words = ofEngine }: TellTroubleOptions): Promise<void> {
  let seen: number | null = null;
  let announced = '';
  while (!signal.aborted) {
    const now = transport.trouble?.() ?? null;
    if (now && now.since === seen && now.why !== announced) {
      announced = now.why;
      tell(`${words.waits}: ${now.why}.`);
    }
    if (!now && announced !== '') {
      announced = '';
      tell(`${words.back}.`);
    }
    seen = now?.since ?? null;
    await io.sleep(every, signal).catch(() => undefined);
  }
}
