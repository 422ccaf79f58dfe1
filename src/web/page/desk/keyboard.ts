/** What keys do. Those that are pressed while something is written are the writer's; with a modifier they are the browser's. */
export interface KeyActs {
  move(by: number): void;
  open(): void;
  /** `writes`: it was pressed in a field. */
  back(writes: boolean): void;
  answer(): void;
  filter(): void;
  sort(): void;
  pause(): void;
  help(): void;
}

/** Does what the key is for. What it does is not done by the browser as well. */
export function press(event: KeyboardEvent, acts: KeyActs): void {
  const inside = event.composedPath()[0];
  const writes = inside instanceof HTMLElement && inside.matches('input,select,textarea');
  if (event.key === 'Escape') return acts.back(writes);
  if (writes || event.ctrlKey || event.metaKey || event.altKey) return;
  const isButton = inside instanceof HTMLElement && inside.matches('button,a');
  const byKey: Record<string, () => void> = {
    j: () => acts.move(1),
    ArrowDown: () => acts.move(1),
    k: () => acts.move(-1),
    ArrowUp: () => acts.move(-1),
    Enter: () => acts.open(),
    a: () => acts.answer(),
    '/': () => acts.filter(),
    s: () => acts.sort(),
    p: () => acts.pause(),
    '?': () => acts.help(),
  };
  const act = byKey[event.key];
  if (!act || (event.key === 'Enter' && isButton)) return;
  event.preventDefault();
  act();
}
