import { BudgetsBudget } from '@cdktf/provider-aws/lib/budgets-budget';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import { deploymentName, resourceName } from '../naming';

export interface BudgetProps {
  readonly environment: Environment;
  readonly settings: Environment['budget'];
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
      // Values of one filter are alternatives, so one tag must say both project and environment.
      costFilter: [{ name: 'TagKeyValue', values: [`user:Deployment$${deploymentName(environment)}`] }],
      notification: [
        { ...told, notificationType: 'ACTUAL', threshold: 80 },
        { ...told, notificationType: 'FORECASTED', threshold: 100 },
      ],
    });
  }
}
