export { findChromium, HOW_TO_GET_CHROMIUM } from './find-chromium';
export { pageProblems, pageSize, startChromium, type PageSize } from './start-chromium';
