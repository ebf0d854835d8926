export { findProgram } from './find-program';
export { findProviderMirror } from './provider-mirror';
export { Terraform, TerraformError, type TerraformOptions } from './terraform';
