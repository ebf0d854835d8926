/** The types of settings. In the service's format, every value is a string. */
import { z } from 'zod';

/** Maximum number of seconds or milliseconds in the job's Java code (`Integer.MAX_VALUE`). */
const MAX = 2 ** 31 - 1;

const integer = z
  .string()
  .regex(/^(?:0|[1-9][0-9]{0,9})$/, { error: 'must be a whole number', abort: true })
  .transform(Number)
  .refine((number) => number <= MAX, { error: `must be at most ${MAX}`, abort: true });

/** A duration that may be 0, in the unit that the setting's name ends with. */
export const duration = integer;

/** A duration above 0, in the unit that the setting's name ends with. */
export const positiveDuration = integer.refine((number) => number > 0, { error: 'must be positive', abort: true });

/**
 * @param least the least number
 * @param greatest the greatest number
 * @returns a whole number in that range
 */
export const wholeNumber = (least: number, greatest = MAX) =>
  integer.refine((number) => number >= least && number <= greatest, {
    error: `must be from ${least} to ${greatest}`,
    abort: true,
  });

/** A number above 0 with at most six decimals: a ratio, or another limit that is not a count. */
export const positiveDecimal = z
  .string()
  .regex(/^(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,6})?$/, { error: 'must be a number with at most 6 decimals', abort: true })
  .transform(Number)
  .refine((number) => number > 0, { error: 'must be positive', abort: true });

/** A switch. */
export const onOrOff = z
  .string()
  .regex(/^(?:true|false)$/, 'must be true or false')
  .transform((value) => value === 'true');

/** A stream name that Kinesis accepts. */
export const streamName = z
  .string()
  .regex(/^[a-zA-Z0-9_.-]{1,128}$/, 'must be 1 to 128 of the characters a-z A-Z 0-9 _ . -');

export const region = z.string().regex(/^[a-z]{2,}(?:-[a-z]+)+-[0-9]+$/, 'must be an AWS region such as us-east-1');

/** Only local runs have an endpoint: on AWS, it follows from the region. */
export const endpoint = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });

/** Name or ARN of a secret, as Secrets Manager takes it. */
export const secretName = z.string().regex(/^[a-zA-Z0-9/_+=.@:-]{1,2048}$/, 'must be the name or the ARN of a secret');

/** The processes of the job run in different folders, so a relative path would mean different files. */
export const filePath = z.string().regex(/^\//, 'must be an absolute path');
