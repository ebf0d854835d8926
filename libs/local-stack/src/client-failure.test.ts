import { clientFailure } from './client-failure';

const CLIENT_STACK = `
org.apache.flink.client.program.ProgramAbortException: java.lang.RuntimeException: Python process exits with code: 1
	at org.apache.flink.client.python.PythonDriver.main(PythonDriver.java:136)
Caused by: java.lang.RuntimeException: Python process exits with code: 1
	... 14 more`;

describe('clientFailure', () => {
  it('shows all lines of the message of the Python error', () => {
    const output = `Traceback (most recent call last):
  File "main.py", line 64, in <module>
    main()
ad_analytics.settings.SettingsError: Attribution/attribution.window.seconds is missing
  in kinesis-config.json
${CLIENT_STACK}`;
    expect(clientFailure(output)).toBe(
      'ad_analytics.settings.SettingsError: Attribution/attribution.window.seconds is missing\n  in kinesis-config.json',
    );
  });

  it('adds the innermost cause of a Java error', () => {
    const output = `Traceback (most recent call last):
    raise java_exception
pyflink.util.exceptions.TableException: org.apache.flink.table.api.TableException: Failed to execute sql
	at org.apache.flink.table.api.internal.TableEnvironmentImpl.executeInternal(TableEnvironmentImpl.java:1060)
Caused by: java.lang.RuntimeException: in between
	at a.B.c(B.java:1)
Caused by: java.lang.IllegalArgumentException: Hash collision on user-specified ID "impressions".
	... 13 more
${CLIENT_STACK}`;
    expect(clientFailure(output)).toBe(
      'pyflink.util.exceptions.TableException: org.apache.flink.table.api.TableException: Failed to execute sql\n' +
        'Caused by: java.lang.IllegalArgumentException: Hash collision on user-specified ID "impressions".',
    );
  });

  it('shows the end of an unknown output', () => {
    const lines = Array.from({ length: 100 }, (_, line) => `line ${line}`);
    expect(clientFailure(lines.join('\n'))).toBe(lines.slice(70).join('\n'));
  });
});
