const credentials = {
  AWS_ACCESS_KEY_ID: 'AKIATEST',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nonexistent/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
};

// The tests' own clients would warn about the age of Node.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/**
 * For the time of a mocha suite: keys that no real account knows, and no files of the person who runs the tests. Names
 * set to undefined are removed.
 */
export function awsEnvironment(changes: Record<string, string | undefined> = {}): void {
  const before: Record<string, string | undefined> = {};
  const set = (name: string, value: string | undefined) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  beforeEach(() => {
    for (const [name, value] of Object.entries({
      ...credentials,
      AWS_PROFILE: undefined,
      AWS_SESSION_TOKEN: undefined,
      AWS_DEFAULT_REGION: undefined,
      ...changes,
    })) {
      before[name] = process.env[name];
      set(name, value);
    }
  });
  afterEach(() => {
    for (const [name, value] of Object.entries(before)) set(name, value);
  });
}
