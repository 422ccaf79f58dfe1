import type { SchemaObj } from 'convict';

/** A key of the process configuration, as convict takes it, with its environment variable and its flag. */
export type SettingSpec = SchemaObj<unknown> & { doc: string; env: string; arg: string };

/**
 * How the process runs. Every key has a doc, a default, an environment variable and a flag; what a pipeline means is
 * not here but in its file.
 */
export const schema = {
  data_dir: {
    doc: 'Folder that holds events, memory, state and rejected records.',
    format: 'path',
    default: '.caducus/data',
    env: 'CADUCUS_DATA_DIR',
    arg: 'data-dir',
  },
  vectors_dir: {
    doc: "Folder of the topics' vectors; `vectors` in the data folder when empty.",
    format: String,
    default: '',
    env: 'CADUCUS_VECTORS_DIR',
    arg: 'vectors-dir',
  },
  time_zone: {
    doc: 'Time zone of what is printed: UTC or an IANA name such as Europe/Berlin.',
    format: 'zone',
    default: 'UTC',
    env: 'CADUCUS_TIME_ZONE',
    arg: 'time-zone',
  },
  log_level: {
    doc: 'Least level of the log on stderr.',
    format: ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
    default: 'warn',
    env: 'CADUCUS_LOG_LEVEL',
    arg: 'log-level',
  },
  drain_timeout: {
    doc: 'How long a stopping run may take to deliver what it has pulled.',
    format: 'length of time',
    default: '30s',
    env: 'CADUCUS_DRAIN_TIMEOUT',
    arg: 'drain-timeout',
  },
  ascii: {
    doc: 'Draw with ASCII characters only.',
    format: 'switch',
    default: false,
    env: 'CADUCUS_ASCII',
    arg: 'ascii',
  },
  metrics_listen: {
    doc: 'Address of the pages /metrics, /healthz and /readyz of a running pipeline, such as 127.0.0.1:9464; none when empty.',
    format: 'address',
    default: '',
    env: 'CADUCUS_METRICS_LISTEN',
    arg: 'metrics-listen',
  },
  metrics_token: {
    doc: 'What must be sent as "Authorization: Bearer ..." to read /metrics; needed when it can be reached from other machines.',
    format: 'token',
    default: '',
    env: 'CADUCUS_METRICS_TOKEN',
    arg: 'metrics-token',
  },
  http: {
    doc: 'Address of the radar in a browser, its API and stream, such as 127.0.0.1:9464; /metrics and /healthz too. None when empty.',
    format: 'address',
    default: '',
    env: 'CADUCUS_HTTP',
    arg: 'http',
  },
  http_token: {
    doc: 'What a person types once to see the radar, and programs send as "Authorization: Bearer ..."; needed when it can be reached from other machines.',
    format: 'token',
    default: '',
    env: 'CADUCUS_HTTP_TOKEN',
    arg: 'http-token',
  },
  http_hosts: {
    doc: 'Names by which the radar is reached, separated by commas: radar.example. Addresses and localhost need no mention.',
    format: 'host names',
    default: '',
    env: 'CADUCUS_HTTP_HOSTS',
    arg: 'http-hosts',
  },
  http_origins: {
    doc: 'Origins whose pages may show the radar, separated by commas: https://wiki.example.',
    format: 'origins',
    default: '',
    env: 'CADUCUS_HTTP_ORIGINS',
    arg: 'http-origins',
  },
  http_user_header: {
    doc: 'Header in which a proxy before the radar names who is looking, such as X-Forwarded-User. What it says is believed: nobody else may reach the address.',
    format: 'header name',
    default: '',
    env: 'CADUCUS_HTTP_USER_HEADER',
    arg: 'http-user-header',
  },
  http_ack_users: {
    doc: 'Users who may answer, by the names of http_user_header, separated by commas; the others may look. All of them when empty.',
    format: 'user names',
    default: '',
    env: 'CADUCUS_HTTP_ACK_USERS',
    arg: 'http-ack-users',
  },
  stale_after: {
    doc: 'A live pipeline without a record for this long is stale: /healthz fails.',
    format: 'length of time',
    default: '15m',
    env: 'CADUCUS_STALE_AFTER',
    arg: 'stale-after',
  },
  retention_max_age: {
    doc: 'What a collector stored is removed when its day ended this long before its newest event; everything is kept when empty.',
    format: 'length of time or nothing',
    default: '',
    env: 'CADUCUS_RETENTION_MAX_AGE',
    arg: 'retention-max-age',
  },
  retention_max_bytes: {
    doc: 'The oldest of what a collector stored is removed while all it stored is larger; everything is kept when empty.',
    format: 'size or nothing',
    default: '',
    env: 'CADUCUS_RETENTION_MAX_BYTES',
    arg: 'retention-max-bytes',
  },
} satisfies Record<string, SettingSpec>;

export type Settings = {
  data_dir: string;
  vectors_dir: string;
  time_zone: string;
  log_level: string;
  drain_timeout: string;
  ascii: boolean;
  metrics_listen: string;
  metrics_token: string;
  http: string;
  http_token: string;
  http_hosts: string;
  http_origins: string;
  http_user_header: string;
  http_ack_users: string;
  stale_after: string;
  retention_max_age: string;
  retention_max_bytes: string | number;
};

/** Subtrees of a configuration file that are not keys of the schema: their content is checked where it is used. */
export const openSubtrees = ['collectors', 'guesses', 'biblicus'] as const;

/** Environment variables that are no key of a configuration file: they say where things lie before any file is read. */
export const bareVariables: Readonly<Record<string, string>> = {
  CADUCUS_CACHE_DIR:
    'Folder of models and cached vectors, shared by all projects of a user (default: the place the system has for caches).',
};
