/** What programs write of themselves as they start and stop; jobs within them, which start and finish too, write it of something else. */
const processEvent =
  /\b(?:SIG(?:TERM|INT|HUP|QUIT)|listening (?:on|at)\b|shutting down|shut ?down (?:complete|hook|gracefully)|shutdown complete|graceful(?:ly)? (?:shut ?down|stop)|draining\b|start(?:ing|ed) (?:server|application|service|container|process|release|worker|version|up\b|\S+ (?:v\d|in \d|\[))|(?:server|application|service|container) (?:is )?(?:start(?:ed|ing)|stopp(?:ed|ing)|ready|running)|application startup|started \S+ in \S+ (?:s|ms|seconds))/i;

/** Whether a text is of a program that starts or stops. */
export const isProcessLine = (text: string): boolean => processEvent.test(text);
