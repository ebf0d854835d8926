import { readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Environment variable with a folder of providers, in the layout of `terraform providers mirror`. */
const MIRROR_SETTING = 'TERRAFORM_PROVIDER_MIRROR';

/** Default locations: those of Terraform itself, and usual locations on machines without access to the registry. */
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

/** @returns whether the folder contains the provider, unpacked or as the zip of a mirror */
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
 * Searches for a provider on this machine: in the folder of `TERRAFORM_PROVIDER_MIRROR`, otherwise in the default locations and their
 * subfolders.
 * @param provider such as `hashicorp/aws`
 * @param version exact version
 * @param env with the setting
 * @param places to search without the setting
 * @returns the folder for `terraform init -plugin-dir`, or undefined
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
