/** @param name of a command @returns the line of a script or a target that runs it */
export const runLine = (name: string): string => `node tools/setup/run.mjs ${name}`;
