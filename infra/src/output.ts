import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * Adds an output under exactly this name, wherever in the tree the construct is. A construct publishes what an operator or a
 * tool needs to find of it.
 * @param scope the construct
 * @param name snake_case, unique in the stack
 * @param value token or text
 * @param description what it is
 */
export function publish(scope: Construct, name: string, value: string, description: string): void {
  new TerraformOutput(scope, `output-${name}`, { value, description }).overrideLogicalId(name);
}
