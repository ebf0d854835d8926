import { evaluateReport, type ScannedStack } from './evaluate-report';
import { SKIPS_KEY } from './skip-check';

const stack = (...ids: string[]): ScannedStack => ({
  resource: { aws_s3_bucket: { one: { '//': { [SKIPS_KEY]: ids.map((id) => ({ id, reason: 'because' })) } } } },
});
const FILE = '/dev/cdk.tf.json';
const check = (resource: string, id: string, file = FILE) => ({
  resource,
  check_id: id,
  check_name: 'Ensure it',
  file_path: file,
});
const result = (
  failed: [resource: string, id: string][],
  scanned: ScannedStack,
  { passed = FILE, parsingErrors = 0 } = {},
) =>
  evaluateReport(
    {
      summary: { parsing_errors: parsingErrors },
      results: {
        passed_checks: [check('aws_s3_bucket.one', 'CKV_AWS_1', passed)],
        failed_checks: [
          ...failed.map(([resource, id]) => check(resource, id)),
          check('aws_s3_bucket.one', 'CKV_AWS_2', '/prod/cdk.tf.json'),
        ],
      },
    },
    FILE,
    scanned,
  );

describe('evaluateReport', () => {
  it('does not find a problem if every failure is skipped', () => {
    const found: [string, string][] = [
      ['aws_s3_bucket.one', 'CKV2_AWS_62'],
      ['resource.one', 'CKV_AWS_18'],
    ];
    expect(result(found, stack('CKV_AWS_18', 'CKV2_AWS_62'))).toEqual({ passed: 1, skipped: 2, problems: [] });
  });

  it('names a failure that is not skipped', () => {
    expect(result([['aws_s3_bucket.one', 'CKV_AWS_21']], stack()).problems).toEqual([
      'one fails CKV_AWS_21: Ensure it',
    ]);
  });

  it('ignores skips of other resources', () => {
    expect(result([['aws_s3_bucket.two', 'CKV_AWS_18']], stack('CKV_AWS_18')).problems).toHaveLength(2);
  });

  it('names a skip that is not needed', () => {
    expect(result([], stack('CKV_AWS_18')).problems).toEqual([
      'one skips CKV_AWS_18, but does not fail it: remove the skip',
    ]);
  });

  it.each([{ parsingErrors: 1 }, { passed: '/prod/cdk.tf.json' }])(
    'reports a stack that checkov could not read',
    (options) => {
      expect(result([], stack(), options).problems).toEqual(['checkov could not read the stack']);
    },
  );
});
