const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** A length of time in its two largest units: `6s`, `14m 20s`, `6h 17m`, `3d 4h`, `240ms`. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return '-';
  const size = Math.abs(ms);
  // A day or so is read more easily in hours.
  const at = units.findIndex(([name, unit]) => size >= (name === 'd' ? 2 * unit : unit));
  const found = units[at];
  if (!found) return ms === 0 ? '0s' : `${Math.round(ms)}ms`;
  const [name, unit] = found;
  const next = units[at + 1];
  const rest = next ? Math.floor((size % unit) / next[1]) : 0;
  return `${ms < 0 ? '-' : ''}${Math.floor(size / unit)}${name}${next && rest > 0 ? ` ${rest}${next[0]}` : ''}`;
}

/** How long something has lasted: one unit below an hour, `9m`, then two, `6h 17m`. */
export function age(ms: number): string {
  if (ms >= 3_600_000) return duration(ms);
  return duration(ms >= 60_000 ? Math.floor(ms / 60_000) * 60_000 : Math.floor(Math.max(0, ms) / 1000) * 1000);
}

/** How long something took: `240ms`, `41.2s`, `3m 20s`. */
export function took(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)}ms`;
  return ms < 60_000 ? `${(Math.floor(ms / 100) / 10).toFixed(1)}s` : duration(ms);
}

/** Distance from a start: `+1:40`, `-7:32`, `+1:02:03`. */
export function offset(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return `${ms < 0 ? '-' : '+'}${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}
