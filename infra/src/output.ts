import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * Adds an output with exactly this name, wherever the construct is in the tree. Outputs contain values that an operator or a tool needs.
 * @param scope the construct
 * @param name snake_case, unique in the stack
 * @param value token or text
 * @param description of the value
 */
export function publish(scope: Construct, name: string, value: string, description: string): void {
  new TerraformOutput(scope, `output-${name}`, { value, description }).overrideLogicalId(name);
}
