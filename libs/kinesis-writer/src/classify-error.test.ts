import { serviceError } from '../test/fake-kinesis';
import { certainlyNotWritten, classifyError, errorCode } from './classify-error';

function networkError(code: string, name = 'Error'): Error {
  return Object.assign(new Error(code), { code, name });
}

it.each([
  ['ProvisionedThroughputExceededException', 400, 'throttled'],
  ['KMSThrottlingException', 400, 'throttled'],
  ['TooManyRequests', 429, 'throttled'],
  ['ValidationException', 400, 'invalid'],
  ['InvalidArgumentException', 400, 'invalid'],
  ['SerializationException', 400, 'invalid'],
  ['ResourceInUseException', 400, 'transient'],
  ['InternalFailure', 500, 'transient'],
  ['ServiceUnavailable', 503, 'transient'],
  ['Unknown', 599, 'transient'],
  ['ResourceNotFoundException', 400, 'permanent'],
  ['AccessDeniedException', 400, 'permanent'],
  ['UnrecognizedClientException', 403, 'permanent'],
  ['CredentialsProviderError', undefined, 'permanent'],
  ['TimeoutError', undefined, 'transient'],
  ['AbortError', undefined, 'transient'],
  // An answer that could not be read: the SDK keeps the status of the response.
  ['SyntaxError', 200, 'transient'],
] as const)('%s with status %s is %s', (name, status, expected) => {
  expect(classifyError(serviceError(name, status))).toBe(expected);
});

it('tries again after errors of the network, and after what is not an error at all', () => {
  for (const code of ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE'])
    expect(classifyError(networkError(code))).toBe('transient');
  expect(classifyError('odd')).toBe('transient');
});

it('names the code of the service or of the network', () => {
  expect(errorCode(serviceError('ValidationException', 400))).toBe('ValidationException');
  expect(errorCode(networkError('ECONNREFUSED'))).toBe('ECONNREFUSED');
  expect(errorCode(networkError('ECONNREFUSED', 'AggregateError'))).toBe('ECONNREFUSED');
  expect(errorCode(new DOMException('stop', 'AbortError'))).toBe('AbortError');
});

it('is sure that nothing was written only after a refusal or without a connection', () => {
  expect(certainlyNotWritten(serviceError('ProvisionedThroughputExceededException', 400))).toBe(true);
  expect(certainlyNotWritten(networkError('ECONNREFUSED'))).toBe(true);
  expect(certainlyNotWritten(serviceError('CredentialsProviderError'))).toBe(true);
  expect(certainlyNotWritten(serviceError('InternalFailure', 500))).toBe(false);
  expect(certainlyNotWritten(serviceError('SyntaxError', 200))).toBe(false);
  expect(certainlyNotWritten(serviceError('TimeoutError'))).toBe(false);
  expect(certainlyNotWritten(networkError('ECONNRESET'))).toBe(false);
});
