/** The DynamoDB that the function writes to. */
export const TABLES = ['stub', 'emulator'] as const;
export type TableName = (typeof TABLES)[number];
