import { BudgetsBudget } from '@cdktf/provider-aws/lib/budgets-budget';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import { deploymentName, resourceName } from '../naming';

export interface BudgetProps {
  readonly environment: Environment;
  readonly settings: Environment['budget'];
  readonly topicArn: string;
}

/** A budget that sends mails before the planned cost is exceeded. */
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
      // Values of one filter are alternatives, so a single tag must identify both project and environment.
      costFilter: [{ name: 'TagKeyValue', values: [`user:Deployment$${deploymentName(environment)}`] }],
      notification: [
        { ...told, notificationType: 'ACTUAL', threshold: 80 },
        { ...told, notificationType: 'FORECASTED', threshold: 100 },
      ],
    });
  }
}
