/**
 * The kernel's driver of the GPU, in the style of amdkfd (the process has the bond) or of i915 (the
 * file has it), and the library that programs use with it.
 */
package svasim.models.gpu.driver;
