import { Testing } from 'cdktf';
import type { Construct } from 'constructs';
import type { TerraformStack } from 'cdktf';

/** A resource's synthesised arguments. */
export type Arguments = Record<string, unknown>;

/** The parts of a synthesised stack that tests use. */
export interface Synthesised {
  readonly resource: Record<string, Record<string, Arguments>>;
  readonly provider: Record<string, Arguments[]>;
  readonly output: Record<string, Arguments>;
  /** @returns the arguments of every resource of a type, such as `aws_kinesis_stream` */
  all(type: string): Arguments[];
}

function parse(json: string): Synthesised {
  const { resource = {}, provider = {}, output = {} } = JSON.parse(json) as Partial<Synthesised>;
  return { resource, provider, output, all: (type) => Object.values(resource[type] ?? {}) };
}

/** @returns a synthesised stack */
export function synthesised(stack: TerraformStack): Synthesised {
  return parse(Testing.synth(stack));
}

/** @returns the resources that the construct of `build` adds to a stack */
export function synthesisedScope(build: (scope: Construct) => void): Synthesised {
  return parse(Testing.synthScope((scope) => build(scope)));
}
