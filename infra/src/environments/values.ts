/** Types of values that several parts of an environment use. */
import { z } from 'zod';

/** Days that CloudWatch Logs can keep a log group. */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 3653,
];

export const logRetentionDays = z
  .union(LOG_RETENTION_DAYS.map((days) => z.literal(days)))
  .describe('Days that logs are kept.');

export const region = z
  .string()
  .regex(/^[a-z]{2}(?:-[a-z]+)+-[0-9]$/, 'must be an AWS region such as us-east-1')
  .regex(
    /^(?!cn-|us-gov-|us-iso|eu-isoe-|eusc-)/,
    'must be a region of the partition aws: names of services and endpoints differ in China, GovCloud and sovereign regions',
  )
  .describe('AWS region of everything in the environment.');

export const accountId = z.string().regex(/^[0-9]{12}$/, 'must be the 12 digits of an AWS account');

export const email = z.email();

/** A version of an object in S3. */
export const codeVersion = z.string().regex(/^[A-Za-z0-9._-]{1,1024}$/, 'must be the VersionId of an object in S3');

/** Settings of flink/kinesis-config.json by their group. */
export const jobSettings = z.record(z.string(), z.record(z.string(), z.string()));
