import type { Json, JsonObject } from '../../event.ts';
import type { Where } from '../../errors.ts';
import { maskSetting } from './maskSetting.ts';
import type { LoadedSettings } from './settings.ts';

/** One value in force, ready to print. */
export interface SettingRow {
  key: string;
  /** Secrets masked. */
  value: Json;
  /** Such as `default`, `.caducus/config.yml:3:12`, `CADUCUS_DATA_DIR`, `--config`. */
  origin: string;
}

/** Every value in force with the place it came from: the keys of the schema first, then the free subtrees. */
export function settingRows(loaded: LoadedSettings): SettingRow[] {
  const { settings, open, whereIs } = loaded;
  const row = (path: readonly string[], value: Json): SettingRow => ({
    key: path.join('.'),
    value: maskSetting(path, value),
    origin: originText(whereIs(path)),
  });
  return [
    ...Object.entries(settings).map(([key, value]) => row([key], value)),
    ...listLeaves([], open).map(([path, value]) => row(path, value)),
  ];
}

function listLeaves(path: readonly string[], value: Json): [readonly string[], Json][] {
  const inside = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value as JsonObject) : [];
  if (inside.length === 0) return path.length === 0 ? [] : [[path, value]];
  return inside.flatMap(([name, inner]) => listLeaves([...path, name], inner));
}

function originText({ file, line, column, path = '' }: Where): string {
  return file ? `${file}:${line ?? 1}:${column ?? 1}` : path;
}
