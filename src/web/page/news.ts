import type { BoardView } from '../client.ts';

/** What changed its state from one board to the next, in a sentence for who cannot see the page. */
export class News {
  text = '';
  /** States of findings by their ids; null before the first board, of which nothing is news. */
  #states: Map<string, string> | null = null;

  take({ findings }: Pick<BoardView, 'findings'>): void {
    const before = this.#states;
    this.#states = new Map(findings.map(({ id, state }) => [id, state]));
    if (!before) return;
    const [first, ...others] = findings.filter(({ id, state }) => before.get(id) !== state && state !== 'pending');
    if (!first) return;
    const score = first.type === 'episode' ? `, score ${Math.round(first.result.score)}` : '';
    this.text = `${first.title} ${first.state}${score}${others.length > 0 ? `, and ${others.length} more` : ''}`;
  }
}
