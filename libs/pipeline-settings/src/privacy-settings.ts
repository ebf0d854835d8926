import { z } from 'zod';
import { filePath, secretName } from './values';

/** How results change personal data. */
export interface PrivacySettings {
  /** `hmac`: user ids are keyed hashes. */
  userIds: 'plain' | 'hmac';
  /** `cut`: addresses are their networks, the first 24 bits of v4 and the first 48 bits of v6. */
  addresses: 'full' | 'cut';
  /** Name or ARN of the secret with the key. */
  keySecret?: string;
  /** Absolute path of a file with the key, for a local run. */
  keyFile?: string;
}

/** Settings of the group `Privacy` that the settings file does not have by default. */
export const KEY_SETTINGS = ['privacy.key.secret', 'privacy.key.file'] as const;

const [SECRET, FILE] = KEY_SETTINGS;

/** The group `Privacy` of the settings file. */
export const privacyGroup = z
  .strictObject({
    'privacy.user.ids': z.enum(['plain', 'hmac']),
    'privacy.addresses': z.enum(['full', 'cut']),
    [SECRET]: secretName.optional(),
    [FILE]: filePath.optional(),
  })
  .refine((group) => group[SECRET] === undefined || group[FILE] === undefined, {
    path: [FILE],
    error: `must be absent if there is ${SECRET}: there is one key`,
  })
  .superRefine((group, context) => {
    if (group[SECRET] !== undefined || group[FILE] !== undefined) return;
    const needing = (['privacy.user.ids', 'privacy.addresses'] as const).find((name) =>
      ['hmac', 'cut'].includes(group[name]),
    );
    if (needing === undefined) return;
    const message = `needs a key: ${SECRET} must name a secret, or, for a local run, ${FILE} a file`;
    context.addIssue({ code: 'custom', path: [needing], message });
  })
  .transform((group): PrivacySettings => ({
    userIds: group['privacy.user.ids'],
    addresses: group['privacy.addresses'],
    ...(group[SECRET] === undefined ? {} : { keySecret: group[SECRET] }),
    ...(group[FILE] === undefined ? {} : { keyFile: group[FILE] }),
  }));
