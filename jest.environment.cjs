// The environment of every test: Node, without colours. A runner with colours passes FORCE_COLOR on to the tests, so to
// the programs that they start: these then
// print a number as `\u001b[33m5\u001b[39m`, and a test that reads it fails on terminals only. Set outside of the test's sandbox, whose process.env is a copy that
// a child does not get.
const { TestEnvironment } = require('jest-environment-node');

delete process.env['FORCE_COLOR'];
process.env['NO_COLOR'] = '1';

module.exports = TestEnvironment;
