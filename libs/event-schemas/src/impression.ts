import { z } from 'zod';
import { optionalAdEventFields, requiredAdEventFields } from './ad-event';
import { costMicros, identifier, wholeNumber } from './fields';

/** One ad shown to one user. */
export const impressionSchema = z
  .object({
    impression_id: identifier.describe('Identifies the impression; partition key of both input streams.'),
    ...requiredAdEventFields,
    ...optionalAdEventFields,
    cost_micros: costMicros
      .nullish()
      .describe('Cost of this impression, in millionths of a US dollar; at most 1,000,000,000 (1,000 USD).'),
    width: wholeNumber.nullish().describe('Width of the placement, in pixels.'),
    height: wholeNumber.nullish().describe('Height of the placement, in pixels.'),
  })
  .meta({ title: 'Impression', description: 'One ad shown to one user. Unknown fields are accepted and ignored.' });

export type Impression = z.infer<typeof impressionSchema>;
