export { findProviderMirror } from './provider-mirror';
export { type ProgramOptions, type ProgramRun, runProgram } from './run-program';
export { Terraform, TerraformError, type TerraformOptions } from './terraform';
