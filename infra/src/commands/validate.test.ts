import { TerraformError } from '@ad-analytics/terraform-cli';
import { UsageError } from './errors';
import { validateStacks } from './validate';

const stacks = ['dev', 'prod', 'staging'].map((name) => ({ name, folder: `/stacks/${name}` }));

/** @returns a Terraform that rejects the folders, or has no provider */
function terraform({ refuses = [], provider = true }: { refuses?: string[]; provider?: boolean }) {
  const calls: string[] = [];
  const of = (folder: string) => ({
    init: async (...args: readonly string[]) => {
      calls.push(`init ${args.join(' ')} in ${folder}`);
      if (!provider) throw new TerraformError('init', 1, 'no provider');
    },
    run: async (command: string) => {
      calls.push(`${command} in ${folder}`);
      if (refuses.includes(folder)) throw new TerraformError(command, 1, '');
    },
  });
  return { calls, of };
}

describe('validateStacks', () => {
  it('validates each without its backend', async () => {
    const { calls, of } = terraform({});
    const said: string[] = [];
    await validateStacks(stacks, of, (line) => said.push(line));
    expect(calls.slice(0, 2)).toEqual(['init -backend=false in /stacks/dev', 'validate in /stacks/dev']);
    expect(said).toEqual(['dev is accepted', 'prod is accepted', 'staging is accepted']);
  });

  it('names every invalid stack', async () => {
    const { of } = terraform({ refuses: ['/stacks/dev', '/stacks/staging'] });
    const failed = validateStacks(stacks, of, () => {});
    await expect(failed).rejects.toThrow(UsageError);
    await expect(failed).rejects.toThrow('dev, staging');
  });

  it('fails without a provider, and does not call a stack invalid', async () => {
    await expect(validateStacks(stacks, terraform({ provider: false }).of, () => {})).rejects.toThrow(TerraformError);
  });
});
