import type { Flow, Signal } from '../signal.ts';

/**
 * A signal in a few words, as marbles compare it: an event by its text, a blip by label, count and state, a radar by its
 * list, a finding by rule and state, a rejected record by its reason, any other by its kind.
 */
export function describeSignal(signal: Flow): string {
  const known = signal as Signal;
  switch (known.kind) {
    case 'event':
      return `${known.event.text}${known.late ? ' late' : ''}`;
    case 'blip':
      return `${known.blip.label} ${known.blip.count} ${known.blip.state}${known.blip.open ? ' open' : ''}`;
    case 'radar':
      return `radar ${known.radar.blips.map(({ label, count }) => `${label} ${count}`).join(', ')}${known.radar.open ? ' open' : ''}`;
    case 'finding':
      return `${known.finding.rule} ${known.finding.state}`;
    case 'rejected':
      return `rejected: ${known.rejected.reason}`;
    default:
      return signal.kind;
  }
}
