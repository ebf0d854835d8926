import { BudgetsBudget } from '@cdktf/provider-aws/lib/budgets-budget';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import { PROJECT, resourceName } from '../naming';

export interface BudgetProps {
  readonly environment: Environment;
  readonly settings: NonNullable<Environment['budget']>;
  readonly topicArn: string;
}

/** Tells people before more is spent than was meant to be. */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, { environment, settings, topicArn }: BudgetProps) {
    super(scope, id);
    const told = {
      comparisonOperator: 'GREATER_THAN',
      thresholdType: 'PERCENTAGE',
      subscriberEmailAddresses: settings.emails,
      subscriberSnsTopicArns: [topicArn],
    };
    new BudgetsBudget(this, 'budget', {
      name: resourceName(environment, 'monthly'),
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      limitAmount: settings.monthlyUsd.toFixed(1),
      limitUnit: 'USD',
      costFilter: [{ name: 'TagKeyValue', values: [`user:Project$${PROJECT}`] }],
      notification: [
        { ...told, notificationType: 'ACTUAL', threshold: 80 },
        { ...told, notificationType: 'FORECASTED', threshold: 100 },
      ],
    });
  }
}
