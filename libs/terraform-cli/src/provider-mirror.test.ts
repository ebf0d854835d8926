import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findProviderMirror } from './provider-mirror';

const folder = mkdtempSync(path.join(os.tmpdir(), 'provider mirror '));
afterAll(() => rmSync(folder, { recursive: true }));

const provide = (...parts: string[]) => mkdirSync(path.join(folder, ...parts), { recursive: true });

describe('findProviderMirror', () => {
  provide('own', 'registry.terraform.io', 'hashicorp', 'aws', '5.100.0', 'linux_amd64');
  provide('place', 'mirror', 'registry.terraform.io', 'hashicorp', 'aws', '6.0.0');
  provide('place', 'registry.terraform.io', 'hashicorp', 'aws', 'terraform-provider-aws_4.1.0_linux_amd64.zip');
  const places = [path.join(folder, 'absent'), path.join(folder, 'place')];
  const find = (version: string, env = {}) => findProviderMirror('hashicorp/aws', version, env, places);

  it('uses the folder of the setting', () => {
    const own = path.join(folder, 'own');
    expect(find('5.100.0', { TERRAFORM_PROVIDER_MIRROR: own })).toBe(own);
  });

  it('does not search other folders if the setting is present', () => {
    expect(find('6.0.0', { TERRAFORM_PROVIDER_MIRROR: path.join(folder, 'own') })).toBeUndefined();
  });

  it('finds it in a default location, and in a subfolder', () => {
    expect(find('4.1.0')).toBe(path.join(folder, 'place'));
    expect(find('6.0.0')).toBe(path.join(folder, 'place', 'mirror'));
  });

  it('ignores other versions', () => {
    expect(find('6.0.1')).toBeUndefined();
    expect(find('6.0')).toBeUndefined();
  });
});
