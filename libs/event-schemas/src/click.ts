import { z } from 'zod';
import { optionalAdEventFields, requiredAdEventFields } from './ad-event';
import { identifier } from './fields';

/** One click on an ad. */
export const clickSchema = z
  .object({
    click_id: identifier.describe('Identifies the click.'),
    impression_id: identifier.describe('The impression that was clicked; partition key of both input streams.'),
    ...requiredAdEventFields,
    ...optionalAdEventFields,
  })
  .meta({ title: 'Click', description: 'One click on an ad. Unknown fields are accepted and ignored.' });

export type Click = z.infer<typeof clickSchema>;
