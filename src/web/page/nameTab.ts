import type { BoardView } from '../client.ts';
import { firing } from './standing.ts';

/** The title says what fires, and the icon has another shape, too. */
export function nameTab(view: BoardView | null): void {
  const many = view ? firing(view) : 0;
  document.title = `${many > 0 ? `(${many} firing) ` : ''}Radar, caducus`;
  const shape = many > 0 ? 'icon-firing.svg' : 'icon.svg';
  const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (link && link.getAttribute('href') !== shape) link.setAttribute('href', shape);
}
