import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import which from 'which';
import { findProviderMirror } from '@ad-analytics/terraform-cli';
import { PROVIDER_VERSION } from '../stacks/versions';
import { type Finding, ok, wrong } from './finding';

const REGISTRY = 'https://registry.terraform.io/.well-known/terraform.json';
const PATIENCE_MS = 10_000;
const MIN_VERSION = [1, 10] as const;

/** The checks of this machine; tests replace them. */
export interface Machine {
  /** @returns path of Terraform; undefined if none exists */
  terraform(): string | undefined;
  /** @returns version of the program, such as `1.11.0` */
  version(program: string): Promise<string>;
  /** @returns folder with the provider; undefined if none exists */
  mirror(): string | undefined;
  /** @returns whether the Terraform registry responds */
  registryAnswers(): Promise<boolean>;
}

const thisMachine: Machine = {
  terraform: () => which.sync('terraform', { nothrow: true }) ?? undefined,
  version: async (program) => {
    const { stdout } = await promisify(execFile)(program, ['version', '-json']);
    return (JSON.parse(stdout) as { terraform_version: string }).terraform_version;
  },
  mirror: () => findProviderMirror('hashicorp/aws', PROVIDER_VERSION),
  registryAnswers: async () => {
    try {
      return (await fetch(REGISTRY, { signal: AbortSignal.timeout(PATIENCE_MS) })).ok;
    } catch {
      return false;
    }
  },
};

/** @returns whether Terraform and the provider of the deployment are available */
export async function lookAtTools(machine: Machine = thisMachine): Promise<readonly Finding[]> {
  return [await lookAtTerraform(machine), await lookAtProvider(machine)];
}

async function lookAtTerraform(machine: Machine): Promise<Finding> {
  const program = machine.terraform();
  const todo = `install Terraform ${MIN_VERSION.join('.')} or later: https://developer.hashicorp.com/terraform/install`;
  if (program === undefined) return wrong('terraform', 'Terraform is missing on the PATH', todo);
  const version = await machine.version(program);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const enough = major > MIN_VERSION[0] || (major === MIN_VERSION[0] && minor >= MIN_VERSION[1]);
  return enough ? ok('terraform', version) : wrong('terraform', `${version} is too old`, todo);
}

async function lookAtProvider(machine: Machine): Promise<Finding> {
  const about = `provider hashicorp/aws ${PROVIDER_VERSION}`;
  const mirror = machine.mirror();
  if (mirror !== undefined) return ok(about, `is in ${mirror}`);
  if (await machine.registryAnswers()) return ok(about, 'registry.terraform.io answers');
  return wrong(
    about,
    'no mirror contains it, and registry.terraform.io does not respond',
    'let this machine reach the registry, or set TERRAFORM_PROVIDER_MIRROR to a folder made by: terraform providers mirror',
  );
}
