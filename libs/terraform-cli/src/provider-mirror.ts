import { readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Names a folder that holds providers as `terraform providers mirror` lays them out. */
const MIRROR_SETTING = 'TERRAFORM_PROVIDER_MIRROR';

/** Where Terraform itself looks, and where machines without a way to the registry tend to keep a mirror. */
function usualPlaces(env: NodeJS.ProcessEnv): string[] {
  const home = os.homedir();
  const data = env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share');
  return [
    path.join(home, '.terraform.d'),
    path.join(data, 'terraform'),
    ...(process.platform === 'win32' ? [path.join(env['APPDATA'] ?? home, 'terraform.d')] : []),
    '/usr/local/share/terraform',
    '/usr/share/terraform',
    '/usr/local/share',
    '/opt',
    '/opt/terraform',
  ];
}

function folders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map((entry) => path.join(folder, entry.name));
  } catch {
    return [];
  }
}

/** @returns whether the folder holds the provider unpacked, or as the zip of a mirror */
function holds(mirror: string, provider: string, version: string): boolean {
  const own = path.join(mirror, 'registry.terraform.io', provider);
  const name = path.basename(provider);
  try {
    return readdirSync(own).some(
      (entry) => entry === version || entry.startsWith(`terraform-provider-${name}_${version}_`),
    );
  } catch {
    return false;
  }
}

/**
 * Looks for a provider on this machine, in the folder that `TERRAFORM_PROVIDER_MIRROR` names, or else in the usual places and the folders in them.
 * @param provider such as `hashicorp/aws`
 * @param version exactly
 * @param env with the setting
 * @param places to search without the setting
 * @returns what `terraform init -plugin-dir` takes, or undefined
 */
export function findProviderMirror(
  provider: string,
  version: string,
  env: NodeJS.ProcessEnv = process.env,
  places: readonly string[] = usualPlaces(env),
): string | undefined {
  const setting = env[MIRROR_SETTING];
  const candidates =
    setting === undefined || setting === '' ? places.flatMap((place) => [place, ...folders(place)]) : [setting];
  return candidates.find((mirror) => holds(mirror, provider, version));
}
