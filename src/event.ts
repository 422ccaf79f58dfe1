/** Anything JSON can hold. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** The canonical record (design 1). `timestamp` is ISO 8601 in UTC; everything else a source knew is `metadata`. */
export interface Event {
  id: string;
  timestamp: string;
  source: string;
  group_id: string;
  text: string;
  metadata: JsonObject;
}

/** Levels in rising order of trouble; every spelling met in the wild is mapped onto these by `parseLevel`. */
export const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export type Level = (typeof levels)[number];

/**
 * Words and syslog priorities by the level they stand for: whole, in three or four letters as loggers print them, in the
 * languages that systems and runtimes translate them into.
 */
const spellings: Readonly<Record<Level, string>> = {
  TRACE: 'trace finest finer verbose t v trc trce vrb vrbs trac',
  DEBUG: 'debug fine dbg dbug debu config d 7 отладка デバッグ 调试 偵錯 디버그',
  INFO: 'info information informational notice note log i n 6 5 inf informationen infos información informazioni normal system default hinweis инфо информация сообщение 情報 信息 정보 알림',
  WARN: 'warn warning w 4 wrn warnung avertissement attention advertencia avviso aviso waarschuwing предупреждение внимание 警告 경고 ostrzeżenie uyarı varning',
  ERROR:
    'error err severe failure e 3 erro eror fail fehler erreur errore schwerwiegend grave fout ошибка エラー 错误 錯誤 오류 에러 błąd hata chyba fel',
  FATAL:
    'fatal critical crit emerg emergency alert panic f c 2 1 0 ftl crt fata pani fault kritisch critique crítico critico assert критическая 致命的 严重 嚴重 심각 치명적 krytyczny',
};

const levelBySpelling = new Map(
  levels.flatMap((level) => [level, ...spellings[level].split(' ')].map((word): [string, Level] => [word, level])),
);

/** Every word of three letters or more that stands for a level, in small letters. */
export const levelWords: readonly string[] = [...levelBySpelling.keys()].filter((word) => /^[a-zà-ÿ]{3,}$/.test(word));

/**
 * The level a word (or a syslog priority 0 to 7) stands for, or null when it is none.
 * Source of the numbers: RFC 5424, table 2.
 */
export function parseLevel(word: unknown): Level | null {
  if (typeof word === 'number') return levelBySpelling.get(String(word)) ?? null;
  if (typeof word !== 'string' || word.length > 16) return null;
  return levelBySpelling.get(word) ?? levelBySpelling.get(word.toLowerCase()) ?? null;
}

/** Milliseconds since 1970 as canonical ISO 8601 UTC with milliseconds. */
export function toIso(ms: number): string {
  return new Date(ms).toISOString();
}
