/** The pipeline file of the tutorial, as `caducus demo init` writes it. */
export const demoPipeline = `# Watch app.log, say what is new in it, and page somebody when it is an error.
name: radar
sources:
  log: { file: { path: "\${LOG:-app.log}" } }
operators:
  - group_by: { key: group_id }
  - memory: { window: "\${WINDOW:-5m}", warmup: 30m }
  - entities: {}
  - rank: { top: 8 }
  - rules:
      - { name: new-error, when: { state: new, min_level: error }, severity: critical }
      - { name: went-quiet, when: { no_data: true }, for: 10m, severity: warning }
  - episodes: {}
sinks:
  screen: { console: { view: radar, only: last } }
  store: { segments: { retention: { max_age: 14d, max_bytes: 1GiB } } }
  # Prints what it would send. With DRY_RUN=false and an address of yours it pages: Slack, PagerDuty, or any JSON receiver.
  page: { webhook: { format: json, url: "\${PAGE_URL:-http://127.0.0.1:9/}", dry_run: "\${DRY_RUN:-true}" } }
tests:
  - name: a quiet hour stays quiet
    feed: { log: quiet.log }
    expect:
      - { from: rules.findings, count: 0 }
      - { nothing: rejected }
  - name: an error that was never seen before fires at once
    frame: 1m
    feed:
      log:
        marbles: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabaaa|"
        values: { a: { text: Heartbeat took 3 ms }, b: { text: Disk failure on dn2, level: ERROR } }
    expect:
      - { from: rules.findings, match: { rule: new-error, state: firing, title: /disk failure/i }, after: 46m, by: 47m }
`;
