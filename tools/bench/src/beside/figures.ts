/** Totals of a program's results, for comparing programs. A figure that a program does not compute is missing. */
export type ResultFigures = Readonly<Partial<Record<FigureName, number>>>;

/** Figures in the order in which they are shown, and how each is computed from the tables of results. */
export const FIGURES = {
  'attributed clicks': 'SELECT count(DISTINCT click_id) FROM attributed_click',
  'impressions over the windows of campaigns': `SELECT sum(impressions) FROM campaign_metrics WHERE dimension = 'campaign'`,
  'clicks over the windows of campaigns': `SELECT sum(clicks) FROM campaign_metrics WHERE dimension = 'campaign'`,
  'records of campaign_metrics': 'SELECT count(*) FROM campaign_metrics',
  'unique users over all of them': 'SELECT sum(unique_users) FROM campaign_metrics',
  'attributed clicks over settled windows': 'SELECT sum(attributed_clicks) FROM attribution_metrics',
  'records of user_engagement': 'SELECT count(*) FROM user_engagement',
  'records of fraud_alert, six rules': 'SELECT count(*) FROM fraud_alert',
} as const;

export type FigureName = keyof typeof FIGURES;

/** Tables that the figures are computed from. */
export const RESULT_TABLES = [
  'attributed_click',
  'campaign_metrics',
  'attribution_metrics',
  'user_engagement',
  'fraud_alert',
] as const;

/** Rules that the plain SQL also has. */
export const COMPARED_RULES = [
  'click_velocity_ip',
  'click_velocity_user',
  'impression_flood',
  'id_fan_out',
  'abnormal_ctr',
] as const;
