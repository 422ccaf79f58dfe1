import { splitGraphemes } from '../text/graphemes.ts';
import type { Key, Pressed, ScreenState } from './screenState.ts';

/** A note is as long as a mark may hold; nobody types more. */
const longest = 500;

/** What a key does while something is being typed: a filter holds as it stands, an ack only with enter. */
export function pressText(state: ScreenState, { name, text }: Key): Pressed {
  const prompt = state.prompt!;
  if (name === 'escape') return { state: { ...state, prompt: null, filter: prompt.for === 'filter' ? '' : state.filter } };
  if (name === 'return' || name === 'enter') {
    const done = { ...state, prompt: null };
    return prompt.for === 'ack' ? { state: done, wish: { do: 'ack', target: prompt.target!, text: prompt.text.trim() } } : { state: done };
  }
  const typed = name === 'backspace' ? splitGraphemes(prompt.text).slice(0, -1).join('') : `${prompt.text}${isTyped(text) ? text : ''}`;
  const next = typed.slice(0, longest);
  return { state: { ...state, prompt: { ...prompt, text: next }, filter: prompt.for === 'filter' ? next : state.filter } };
}

const isTyped = (text: string): boolean => text !== '' && !/\p{Cc}/u.test(text);
