import path from 'node:path';

/** Folder of the views' queries, one of each record type. */
export const VIEWS_FOLDER = path.join(__dirname, '..', 'sql', 'views');

/** Folder of the analysts' queries. */
export const QUERIES_FOLDER = path.join(__dirname, '..', 'sql', 'queries');
