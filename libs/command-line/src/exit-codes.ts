/** Exit code of a run whose figures do not agree; the others are those of the errors in errors.ts. */
export const BOOKS_DO_NOT_BALANCE = 5;
/** Exit code of a process that Ctrl-C has ended. */
export const CTRL_C = 130;
